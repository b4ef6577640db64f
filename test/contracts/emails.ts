import { randomBytes } from 'node:crypto';
import type { Email } from '../../lambdas/core/email/email.ts';
import type { EmailStore, RecipientIndex } from '../../lambdas/core/email/email-store.ts';
import {
  emailAccepts,
  emailDelivery,
  emailFacts,
  emailReads,
} from '../../lambdas/core/table/email-store.ts';
import { recipientIndex } from '../../lambdas/core/table/recipient-index.ts';
import type { Table } from '../../lambdas/core/table/table.ts';

/** Days that records are kept in these tests. */
export const RETENTION_DAYS = 30;

const hex24 = () => randomBytes(12).toString('hex');

/** A freshly accepted email with an id, an account and a nonce of its own. */
export function anEmail(more: Partial<Email> = {}): Email {
  return {
    id: hex24(),
    account: hex24(),
    environment: 'live',
    from: 'Ada <ada@sender.example>',
    to: 'bob@example.com',
    subject: 'Your receipt of November',
    createdAt: '2026-11-23T12:00:00.000Z',
    fingerprint: randomBytes(32).toString('hex'),
    nonce: hex24(),
    sendBy: Date.parse('2026-11-24T12:00:00.000Z'),
    phase: 'queued',
    attempt: 0,
    unanswered: 0,
    taken: false,
    facts: [],
    ...more,
  };
}

/** The same email as another accept would have made it. */
export function rivalOf(email: Email, more: Partial<Email> = {}): Email {
  return { ...email, nonce: hex24(), ...more };
}

/** Everything that the functions do with records, as one store. */
export function emailStore(table: Table): EmailStore & RecipientIndex {
  return {
    ...emailReads(table),
    ...emailAccepts(table, RETENTION_DAYS),
    ...emailFacts(table),
    ...emailDelivery(table),
    ...recipientIndex(table, RETENTION_DAYS),
  };
}
