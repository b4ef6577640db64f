import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as v from 'valibot';
import { sendMessageSchema } from '../core/contract/messages.ts';
import type { EmailStore } from '../core/email/email-store.ts';
import { randomId } from '../core/email/identity.ts';
import type { Log } from '../core/log/logger.ts';
import { consumeBatch, jsonOf, type Settled } from '../core/queue/batch.ts';

/** What parking touches. */
export type ParkEmailDeps = {
  readonly emails: Pick<EmailStore, 'find' | 'fail'>;
  readonly park: (body: string, reason: string) => Promise<void>;
  readonly log: Log;
  readonly now: () => number;
};

const FAILURE = {
  code: 'delivery_gave_up',
  message:
    'The mail was tried too often without an end and is set aside. The operator finds it in the dead-letter queue; send it anew once the cause is mended.',
};

async function consume(record: SQSRecord, deps: ParkEmailDeps): Promise<Settled> {
  const parsed = v.safeParse(sendMessageSchema, jsonOf(record));
  if (!parsed.success) {
    await deps.park(record.body, 'unreadable_message');
    return { done: true, fields: { messageId: record.messageId, outcome: 'unreadable_message' } };
  }
  const { account, id } = parsed.output;
  const email = await deps.emails.find(account, id);
  const open = email && !email.taken && email.phase !== 'failed';
  if (open) {
    const at = new Date(deps.now()).toISOString();
    const failed = await deps.emails.fail(email, randomId(), FAILURE, at);
    if (!failed) return { done: false, fields: { emailId: id, outcome: 'changed meanwhile' } };
  }
  await deps.park(record.body, FAILURE.code);
  return { done: true, fields: { emailId: id, account, outcome: FAILURE.code } };
}

/** Marks what SQS gave up on its record, then leaves it in the dead-letter queue with a reason. */
export function createHandler(deps: ParkEmailDeps) {
  return (event: SQSEvent): Promise<SQSBatchResponse> =>
    consumeBatch(event, deps.log, (record) => consume(record, deps));
}
