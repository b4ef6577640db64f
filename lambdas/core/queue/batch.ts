import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Log } from '../log/logger.ts';

/** What a consumer decided for one message. */
export type Settled = { readonly done: boolean; readonly fields: Record<string, unknown> };

/**
 * Runs a consumer over a batch, side by side, and reports each message that is not done as its own
 * failure; what a consumer throws is logged and counts as not done. One log line per message.
 */
export async function consumeBatch(
  event: SQSEvent,
  log: Log,
  consume: (record: SQSRecord) => Promise<Settled>,
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
