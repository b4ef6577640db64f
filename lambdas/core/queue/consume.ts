import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Times } from '../contract/times.ts';
import type { Log } from '../log/logger.ts';
import { backOff, retry, type Verdict } from '../value/verdict.ts';

/** What a consumer decided for one message; `fields` are for its log line. */
export type Consumed = { readonly done: boolean; readonly fields: Record<string, unknown> };

/**
 * Runs a consumer over a batch, side by side, and reports each message that is not done as its own
 * failure; what a consumer throws is logged and counts as not done. One log line per message.
 */
export async function consumeBatch(
  event: SQSEvent,
  log: Log,
  consume: (record: SQSRecord) => Promise<Consumed>,
): Promise<SQSBatchResponse> {
  const results = await Promise.all(
    event.Records.map(async (record) => {
      try {
        const { done, fields } = await consume(record);
        log.info('message', { ...fields, done });
        return { done, record };
      } catch (error) {
        log.error('message failed', { messageId: record.messageId }, error);
        return { done: false, record };
      }
    }),
  );
  const failures = results.filter(({ done }) => !done);
  return {
    batchItemFailures: failures.map(({ record }) => ({ itemIdentifier: record.messageId })),
  };
}

/** The message's JSON; undefined where it is none. */
export function jsonOf(record: SQSRecord): unknown {
  try {
    return JSON.parse(record.body);
  } catch {
    return undefined;
  }
}

/** What consuming messages of our own needs. */
export type ConsumerDeps = {
  readonly log: Log;
  /** Puts a message into the dead-letter queue, with a reason. */
  readonly park: (body: string, reason: string) => Promise<void>;
};

/** Like {@link consumeBatch}, for messages that have a form; those that `read` finds unreadable are parked. */
export function consumeMessages<Message>(
  event: SQSEvent,
  { log, park }: ConsumerDeps,
  read: (json: unknown) => Message | undefined,
  consume: (message: Message, record: SQSRecord) => Promise<Consumed>,
): Promise<SQSBatchResponse> {
  return consumeBatch(event, log, async (record) => {
    const message = read(jsonOf(record));
    if (message) return await consume(message, record);
    await park(record.body, 'unreadable_message');
    return { done: true, fields: { messageId: record.messageId, outcome: 'unreadable_message' } };
  });
}

/** What retrying a message needs. */
export type RetryDeps = {
  readonly log: Log;
  /** Hides a message for so many milliseconds. */
  readonly hide: (receiptHandle: string, milliseconds: number) => Promise<void>;
  readonly times: Pick<Times, 'retryFirst' | 'retryMost'>;
};

/**
 * Makes one attempt at a message, and hides it until the next one where there is to be one. An attempt that throws is a
 * reason to retry soon, not after the whole visibility timeout.
 *
 * @param fields what the message is about, for the log
 * @param attempt gets how often the queue has handed the message out
 */
export async function attemptMessage(
  record: SQSRecord,
  fields: Record<string, unknown>,
  attempt: (receives: number) => Promise<Verdict>,
  { log, hide, times }: RetryDeps,
): Promise<Consumed> {
  const receives = Number(record.attributes.ApproximateReceiveCount) || 1;
  const verdict = await attempt(receives).catch((error: unknown) => {
    log.error('attempt failed', fields, error);
    return retry(backOff(receives, times), 'failed on our side');
  });
  if (verdict.kind === 'retry') await hide(record.receiptHandle, verdict.after);
  const outcome = { outcome: verdict.note, receives, ...verdict.fields };
  return { done: verdict.kind === 'done', fields: { ...fields, ...outcome } };
}
