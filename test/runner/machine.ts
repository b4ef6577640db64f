import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';

/** Milliseconds of a {@link HASH}, two side by side, on a quiet machine with two cores: slowness is measured by it. */
const QUIET_MS = 45;

/** scrypt with Node's default cost: 16 MB of memory and pure computation. */
const HASH = { N: 16_384, r: 8, p: 1 };
const ROUNDS = 25;

/** The most that a machine counts as slow; beyond it a test run would take hours. */
const SLOWEST = 8;

/** What is added to the slowness that was measured, so that there is room for work that begins during the run. */
const ROOM = 1;

/** How fast this machine is at the moment, other programs included. */
export type Machine = {
  /** Milliseconds of one hash, while two are computed side by side. */
  readonly hashMs: number;
  /** How many times slower it is than a quiet machine: a whole number, 1 where it is none. */
  readonly slowness: number;
  /** What deadlines, timeouts and schedules are multiplied by. */
  readonly clockFactor: number;
};

/** Measures for about a second; the median of all rounds, since a moment's load says nothing of the run. */
export async function measureMachine(): Promise<Machine> {
  const hash = promisify(scrypt) as (...args: unknown[]) => Promise<Buffer>;
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const begun = performance.now();
    await Promise.all([hash('a', 'b', 32, HASH), hash('c', 'd', 32, HASH)]);
    times.push(performance.now() - begun);
  }
  const hashMs = times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? QUIET_MS;
  const measured = hashMs / QUIET_MS;
  // Small differences come and go: every deadline has room for many times as much.
  const slowness = measured < 1.5 ? 1 : Math.min(SLOWEST, Math.ceil(measured));
  return { hashMs, slowness, clockFactor: slowness + ROOM };
}
