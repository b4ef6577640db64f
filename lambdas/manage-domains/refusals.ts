import type { DomainRefusal } from '../core/domain/add.ts';
import type { Caller } from '../core/http/caller.ts';
import { Refusal } from '../core/http/refusal.ts';

/** One answer, whoever has the domain and why: whose it is must not be learned. */
const IN_USE =
  'This domain is already in use. If another account of yours has it, delete it there, remove its old DKIM records from DNS, wait until they are gone, and add it again. Otherwise, ask the operator of this service.';

/** The answer to what adding or verifying came to. */
export function refusalOf({ outcome }: DomainRefusal, { plan }: Caller): Refusal {
  if (outcome !== 'full') return new Refusal('Conflict', IN_USE);
  const domains = plan.domains === 1 ? 'one domain' : `${plan.domains} domains`;
  const message = `The account's plan allows ${domains}, and the account already has that many. Delete one, or move to a larger plan.`;
  return new Refusal('Plan limit reached', message);
}
