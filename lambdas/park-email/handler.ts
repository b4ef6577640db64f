import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { readSendMessage, type SendMessage } from '../core/contract/messages.ts';
import type { Email } from '../core/email/email.ts';
import type { EmailStore } from '../core/email/email-store.ts';
import { failEmail, type GiveUpDeps, reportFailure } from '../core/email/give-up.ts';
import { type Consumed, type ConsumerDeps, consumeMessages } from '../core/queue/consume.ts';
import { randomId } from '../core/value/id.ts';

/** What parking touches. */
export type ParkEmailDeps = ConsumerDeps &
  GiveUpDeps & {
    readonly emails: Pick<EmailStore, 'find' | 'fail'>;
  };

const FAILURE = {
  code: 'delivery_gave_up',
  message:
    'The email failed too many times and was moved to the dead-letter queue. Fix the cause, then resend it.',
};

/** Fails the email, or reports again that somebody did; false when it has changed meanwhile. */
async function failed(email: Email, deps: ParkEmailDeps): Promise<boolean> {
  if (email.phase !== 'failed') return await failEmail(email, randomId(), FAILURE, deps);
  await reportFailure(email, deps);
  return true;
}

async function consume(
  { account, id }: SendMessage,
  record: SQSRecord,
  deps: ParkEmailDeps,
): Promise<Consumed> {
  const email = await deps.emails.find(account, id);
  if (email && !email.taken && !(await failed(email, deps))) {
    return { done: false, fields: { emailId: id, outcome: 'changed meanwhile' } };
  }
  await deps.park(record.body, FAILURE.code);
  return { done: true, fields: { emailId: id, account, outcome: FAILURE.code } };
}

/** Marks what SQS gave up on its record, then leaves it in the dead-letter queue with a reason. */
export function createHandler(deps: ParkEmailDeps) {
  return (event: SQSEvent): Promise<SQSBatchResponse> =>
    consumeMessages(event, deps, readSendMessage, (message, record) =>
      consume(message, record, deps),
    );
}
