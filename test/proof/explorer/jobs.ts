import type { Fault, FaultKind } from './faults.ts';
import type { Plant } from './program.ts';

/** What a worker is started with. */
export type Opening = {
  /** Directory of the cloud assembly. */
  readonly assembly: string;
  readonly seed: number;
  readonly plant?: Plant;
};

/** One fault alone, then with each further fault behind it; of those, a share that the seed chooses. */
export type Job = { readonly single: Fault; readonly pairs: number };

/** How runs ended: the mail arrived once, or more often and is flagged, or something did not hold. */
export type Tally = { runs: number; once: number; flagged: number; broken: number };

/** A run in which something did not hold. */
export type Breach = {
  readonly faults: readonly Fault[];
  /** What was called where the faults struck. */
  readonly places: readonly string[];
  readonly violations: readonly string[];
};

/** What a worker says: what there is to do, once it is open; then what came of each job. */
export type Said =
  | { readonly type: 'open'; readonly calls: number; readonly singles: readonly Fault[] }
  | { readonly type: 'done'; readonly tally: Tally; readonly breaches: readonly Breach[] }
  | { readonly type: 'lost'; readonly reason: string };

/** Runs by the kind of their first fault. */
export type Tallies = Map<FaultKind, Tally>;

/** No runs. */
export const noRuns = (): Tally => ({ runs: 0, once: 0, flagged: 0, broken: 0 });

/** Adds to a tally. */
export function add(to: Tally, more: Tally): void {
  for (const name of ['runs', 'once', 'flagged', 'broken'] as const) to[name] += more[name];
}
