import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as v from 'valibot';
import { type SendMessage, sendMessageSchema } from '../contract/messages.ts';
import type { Log } from '../log/logger.ts';
import { consumeBatch, jsonOf, type Settled } from './batch.ts';

/** What consuming the send queue's messages needs. */
export type SendMessagesDeps = {
  readonly log: Log;
  /** Puts a message into the dead-letter queue, with a reason. */
  readonly park: (body: string, reason: string) => Promise<void>;
};

/** Runs a consumer over a batch of the send queue's messages; those that cannot be read are parked. */
export function consumeSendMessages(
  event: SQSEvent,
  { log, park }: SendMessagesDeps,
  consume: (message: SendMessage, record: SQSRecord) => Promise<Settled>,
): Promise<SQSBatchResponse> {
  return consumeBatch(event, log, async (record) => {
    const parsed = v.safeParse(sendMessageSchema, jsonOf(record));
    if (parsed.success) return await consume(parsed.output, record);
    await park(record.body, 'unreadable_message');
    return { done: true, fields: { messageId: record.messageId, outcome: 'unreadable_message' } };
  });
}
