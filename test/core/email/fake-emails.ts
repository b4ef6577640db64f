import type { Email } from '../../../lambdas/core/email/email.ts';
import type { EmailRef, EmailStore } from '../../../lambdas/core/email/email-store.ts';
import { newFacts } from '../../../lambdas/core/email/fact.ts';
import { only } from './fakes.ts';

const keyOf = ({ account, id }: Pick<EmailRef, 'account' | 'id'>) => `${account}/${id}`;

/** Records in memory, with the conditions that `EmailStore` promises; `writes` names what was written. */
export function memoryEmails(...seed: Email[]) {
  const records = new Map(seed.map((email) => [keyOf(email), email]));
  const abandoned = new Set<string>();
  const writes: string[] = [];
  const set = (write: string, email: Email) => {
    writes.push(write);
    records.set(keyOf(email), email);
    return true;
  };
  const store = only<EmailStore>('emails', {
    find: async (account, id) => records.get(keyOf({ account, id })),
    async put(email) {
      const found = records.get(keyOf(email));
      if (found) return { kind: 'exists', email: found };
      if (abandoned.has(email.nonce)) return { kind: 'abandoned' };
      set('put', email);
      return { kind: 'stored' };
    },
    async abandon(ref) {
      if (records.has(keyOf(ref))) return false;
      writes.push('abandon');
      abandoned.add(ref.nonce);
      return true;
    },
    async claim(email, claim, now) {
      const found = records.get(keyOf(email));
      if (!found || found.taken || found.attempt !== email.attempt) return false;
      const free = found.phase === 'queued' || (found.leaseUntil ?? Infinity) <= now;
      return free && set('claim', { ...found, ...claim, phase: 'sending' });
    },
    async markTaken(email, takenAt) {
      const found = records.get(keyOf(email));
      if (found) set('markTaken', { ...found, phase: 'sent', taken: true, takenAt });
    },
    async release(email, owner, deferred, at) {
      const found = records.get(keyOf(email));
      if (found?.owner !== owner || found.phase !== 'sending') return;
      const { owner: _, leaseUntil: __, ...rest } = found;
      set('release', { ...rest, phase: 'queued', deferred: { ...deferred, at } });
    },
    async fail(email, owner, failure, at) {
      const found = records.get(keyOf(email));
      const same = found?.attempt === email.attempt && found.phase === email.phase;
      if (!found || found.taken || !(same || found.owner === owner)) return false;
      return set('fail', { ...found, phase: 'failed', failure: { ...failure, at } });
    },
    async addFacts(ref, facts) {
      const found = records.get(keyOf(ref));
      if (found?.nonce !== ref.nonce) return undefined;
      const all = [...found.facts, ...newFacts(found, facts)];
      set('addFacts', { ...found, taken: true, facts: all });
      return found.facts;
    },
  });
  return { store, writes, abandoned, get: (email: EmailRef) => records.get(keyOf(email)) };
}
