import type { Email } from '../email/email.ts';
import type { Claim, EmailStore } from '../email/email-store.ts';
import { toEmail } from './email-item.ts';
import { type Update, updates } from './email-update.ts';
import { getItem } from './items.ts';
import { keys } from './keys.ts';
import { expiresAt, type Table } from './table.ts';

const NAMES = { '#phase': 'phase', '#owner': 'owner' };
const NOT_TAKEN = '(attribute_not_exists(taken) OR taken = :no)';

function claimUpdate(email: Email, claim: Claim, now: number): Update {
  const free = '(#phase = :queued OR (#phase = :sending AND leaseUntil <= :now))';
  return {
    set: 'SET #phase = :sending, #owner = :owner, leaseUntil = :until, attempt = :attempt, unanswered = :unanswered',
    condition: `nonce = :nonce AND attempt = :seen AND ${NOT_TAKEN} AND ${free}`,
    names: NAMES,
    values: {
      ':sending': 'sending',
      ':queued': 'queued',
      ':owner': claim.owner,
      ':until': claim.leaseUntil,
      ':attempt': claim.attempt,
      ':unanswered': claim.unanswered,
      ':nonce': email.nonce,
      ':seen': email.attempt,
      ':no': false,
      ':now': now,
    },
  };
}

function failUpdate(email: Email, owner: string, failure: object): Update {
  return {
    set: 'SET #phase = :failed, failure = :failure',
    condition: `nonce = :nonce AND ${NOT_TAKEN} AND ((attempt = :seen AND #phase = :phase) OR #owner = :owner)`,
    names: NAMES,
    values: {
      ':failed': 'failed',
      ':failure': failure,
      ':nonce': email.nonce,
      ':seen': email.attempt,
      ':phase': email.phase,
      ':owner': owner,
      ':no': false,
    },
  };
}

/** Names of what the deliverer writes. */
export type DeliveryWrite = 'claim' | 'markTaken' | 'release' | 'fail' | 'abandon';

/** A tombstone outlives every accept that could still be under way. */
const TOMBSTONE_DAYS = 2;

/** What the deliverer writes; each write names the state it expects and bears its own mark. */
export function deliveryWrites(table: Table): Pick<EmailStore, DeliveryWrite> {
  const update = updates(table);
  const find = async ({ account, id }: Email) =>
    toEmail(await getItem(table, keys.email(account, id)));
  return {
    async claim(email, claim, now) {
      if (await update(email, claimUpdate(email, claim, now))) return true;
      const found = await find(email);
      return found?.owner === claim.owner && found.attempt === claim.attempt && !found.taken;
    },
    abandon: (ref, now) =>
      update(ref, {
        set: 'SET #ttl = :ttl ADD abandoned :nonces',
        condition: 'attribute_not_exists(nonce)',
        names: { '#ttl': 'ttl' },
        values: { ':ttl': expiresAt(now, TOMBSTONE_DAYS), ':nonces': new Set([ref.nonce]) },
      }),
    async markTaken(email, at) {
      await update(email, {
        set: 'SET #phase = :sent, taken = :yes, takenAt = if_not_exists(takenAt, :at)',
        condition: 'nonce = :nonce',
        names: { '#phase': 'phase' },
        values: { ':sent': 'sent', ':yes': true, ':at': at, ':nonce': email.nonce },
      });
    },
    async release(email, owner, deferred, at) {
      await update(email, {
        set: 'SET #phase = :queued, #deferred = :deferred REMOVE #owner, leaseUntil',
        condition: `#owner = :owner AND #phase = :sending AND ${NOT_TAKEN}`,
        names: { ...NAMES, '#deferred': 'deferred' },
        values: {
          ':queued': 'queued',
          ':sending': 'sending',
          ':deferred': { ...deferred, at },
          ':owner': owner,
          ':no': false,
        },
      });
    },
    async fail(email, owner, failure, at) {
      if (await update(email, failUpdate(email, owner, { ...failure, at }))) return true;
      return (await find(email))?.phase === 'failed';
    },
  };
}
