import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { SendMessage } from '../core/contract/messages.ts';
import type { EmailStore } from '../core/email/email-store.ts';
import { randomId } from '../core/email/identity.ts';
import type { Settled } from '../core/queue/batch.ts';
import { consumeSendMessages, type SendMessagesDeps } from '../core/queue/send-messages.ts';

/** What parking touches. */
export type ParkEmailDeps = SendMessagesDeps & {
  readonly emails: Pick<EmailStore, 'find' | 'fail'>;
  readonly now: () => number;
};

const FAILURE = {
  code: 'delivery_gave_up',
  message:
    'The mail was tried too often without an end and is set aside. The operator finds it in the dead-letter queue; send it anew once the cause is mended.',
};

async function consume(
  { account, id }: SendMessage,
  record: SQSRecord,
  deps: ParkEmailDeps,
): Promise<Settled> {
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
    consumeSendMessages(event, deps, (message, record) => consume(message, record, deps));
}
