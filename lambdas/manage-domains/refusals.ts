import type { Refused } from '../core/domain/add.ts';
import { type Caller, isTestKey } from '../core/http/caller.ts';
import { Refusal } from '../core/http/refusal.ts';

/** One answer, whoever has the domain and why: whose it is must not be learned. */
const IN_USE =
  'This domain is in use already. If an earlier account of yours has it, delete it there; then remove the DKIM records of that time from its DNS, wait until they are gone, and add it again. Otherwise ask the operator of this installation.';

/**
 * Domains hold for real email, so a test key does not change them.
 *
 * @throws Refusal `Forbidden`
 */
export function mayChange(caller: Caller): void {
  if (!isTestKey(caller)) return;
  const message =
    'A test key may read the domains and not change them, because they hold for real email. Use a key that begins with ml_live_.';
  throw new Refusal('Forbidden', message);
}

/** The one answer to a name that is unknown, malformed or foreign. */
export function noDomain(): Refusal {
  const message = 'There is no such domain in this account, or none that this key may see.';
  return new Refusal('Not found', message);
}

/** The answer to what adding or verifying came to. */
export function refusalOf({ outcome }: Refused, { plan }: Caller): Refusal {
  if (outcome !== 'full') return new Refusal('Conflict', IN_USE);
  const domains = plan.domains === 1 ? 'one domain' : `${plan.domains} domains`;
  const message = `The account's plan allows ${domains}, and the account has as many. Delete one that is not needed, or move to a larger plan.`;
  return new Refusal('Plan limit reached', message);
}
