import { RESERVES } from '../contract/times.ts';
import { checkDomain, type DomainCheckDeps } from './check.ts';
import type { Domain, DomainStore } from './domain.ts';

/** What the schedule touches. */
export type RecheckDeps = DomainCheckDeps & {
  readonly domains: Pick<DomainStore, 'find' | 'keep' | 'due'>;
  /** Waits, milliseconds. */
  readonly sleep: (ms: number) => Promise<void>;
  /** NotifyResult of a check that failed, which is tried again later. */
  readonly onFailure: (name: string, error: unknown) => void;
};

/** What a run did; `rest`: whether time ended before the work did. */
export type Rechecked = {
  readonly checked: number;
  readonly changed: number;
  readonly failed: number;
  readonly rest: boolean;
};

/** Domains of one look at the index. */
const PAGE = 50;
/** SES answers such calls once a second, whoever asks. */
const SPACING = 1000;
/** Checks one domain; one that cannot be checked does not hold up the others next time. */
async function checkOne(domain: Domain, deps: RecheckDeps): Promise<'same' | 'changed' | 'failed'> {
  try {
    const checked = await checkDomain(domain, deps);
    return checked && checked.status !== domain.status ? 'changed' : 'same';
  } catch (error) {
    deps.onFailure(domain.name, error);
    await deps.domains.keep(domain, { nextCheckAt: deps.now() + deps.times.domainLoss });
    return 'failed';
  }
}

/**
 * Checks the domains whose time has come, one after the other.
 *
 * @param left the time left, milliseconds
 */
export async function recheck(deps: RecheckDeps, left: () => number): Promise<Rechecked> {
  const seen = new Set<string>();
  const count = { same: 0, changed: 0, failed: 0 };
  const result = (rest: boolean) => ({
    checked: count.same + count.changed,
    changed: count.changed,
    failed: count.failed,
    rest,
  });
  for (;;) {
    const due = await deps.domains.due(deps.now(), PAGE);
    // The index lags behind the table: what was just checked may still be listed.
    const fresh = due.filter((name) => !seen.has(name));
    if (fresh.length === 0) return result(false);
    for (const name of fresh) {
      if (left() < RESERVES.recheck) return result(true);
      seen.add(name);
      const domain = await deps.domains.find(name);
      if (domain?.nextCheckAt === undefined || domain.nextCheckAt > deps.now()) continue;
      count[await checkOne(domain, deps)] += 1;
      await deps.sleep(SPACING);
    }
  }
}
