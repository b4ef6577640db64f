import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as v from 'valibot';
import type { EmailStore } from '../core/email/email-store.ts';
import { emailOf, factsOf, type SesEvent, sesEventSchema } from '../core/email/ses-event.ts';
import type { Log } from '../core/log/logger.ts';
import { consumeBatch, jsonOf, type Settled } from '../core/queue/batch.ts';

/** What recording an event touches. */
export type RecordEventDeps = {
  readonly emails: Pick<EmailStore, 'find' | 'addFacts'>;
  /** Puts an event that cannot be used where operators find it, with a reason. */
  readonly park: (body: string, reason: string) => Promise<void>;
  readonly log: Log;
};

/** SES announces itself on a new topic with this sentence, which is no event. */
const ANNOUNCEMENT = 'Successfully validated SNS topic for Amazon SES event publishing.';

const done = (fields: Record<string, unknown>): Settled => ({ done: true, fields });

async function apply(event: SesEvent, record: SQSRecord, deps: RecordEventDeps): Promise<Settled> {
  const ref = emailOf(event);
  const fields = { emailId: ref.id, account: ref.account, event: event.eventType };
  const email = await deps.emails.find(ref.account, ref.id);
  if (email?.nonce !== ref.nonce) return done({ ...fields, outcome: 'late: no such email' });
  const { facts, strangers } = factsOf(event, email);
  if (facts.length > 0) await deps.emails.addFacts(ref, facts);
  if (strangers > 0) await deps.park(record.body, 'unknown_recipient');
  return done({ ...fields, outcome: strangers > 0 ? 'unknown_recipient' : 'recorded' });
}

async function consume(record: SQSRecord, deps: RecordEventDeps): Promise<Settled> {
  if (record.body.trim() === ANNOUNCEMENT) return done({ outcome: 'announcement of SES' });
  const parsed = v.safeParse(sesEventSchema, jsonOf(record));
  if (parsed.success) return await apply(parsed.output, record, deps);
  await deps.park(record.body, 'unreadable_event');
  return done({ messageId: record.messageId, outcome: 'unreadable_event' });
}

/** Writes down what SES reports; a repetition changes nothing. */
export function createHandler(deps: RecordEventDeps) {
  return (event: SQSEvent): Promise<SQSBatchResponse> =>
    consumeBatch(event, deps.log, (record) => consume(record, deps));
}
