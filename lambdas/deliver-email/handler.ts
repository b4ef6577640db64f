import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as v from 'valibot';
import { sendMessageSchema } from '../core/contract/messages.ts';
import { deliver } from '../core/email/deliver.ts';
import type { DeliverDeps, Run, Verdict } from '../core/email/delivery.ts';
import type { Log } from '../core/log/logger.ts';
import { consumeBatch, jsonOf, type Settled } from '../core/queue/batch.ts';
import type { GateStore } from '../core/sending/gate.ts';

/** What the function touches beyond delivering itself. */
export type DeliverEmailDeps = Omit<DeliverDeps, 'gate'> & {
  readonly gate: Pick<GateStore, 'read' | 'close'>;
  readonly log: Log;
  /** Hides a message for so many milliseconds. */
  readonly hide: (receiptHandle: string, milliseconds: number) => Promise<void>;
  /** Puts a message into the dead-letter queue, with a reason. */
  readonly park: (body: string, reason: string) => Promise<void>;
};

/** Kept for reporting after the last mail, milliseconds. */
const RESERVE = 500;

async function consume(record: SQSRecord, run: Run, deps: DeliverEmailDeps): Promise<Settled> {
  const parsed = v.safeParse(sendMessageSchema, jsonOf(record));
  if (!parsed.success) {
    await deps.park(record.body, 'unreadable_message');
    return { done: true, fields: { messageId: record.messageId, outcome: 'unreadable_message' } };
  }
  const { id, account } = parsed.output;
  const verdict = await attempt(record, () => deliver(parsed.output, run, deps), deps);
  if (verdict.kind === 'again') await deps.hide(record.receiptHandle, verdict.after);
  const receives = Number(record.attributes.ApproximateReceiveCount);
  const fields = { emailId: id, account, outcome: verdict.note, receives };
  return { done: verdict.kind === 'done', fields };
}

/** A failure of our own is a reason to try again soon, not after the whole visibility timeout. */
async function attempt(
  record: SQSRecord,
  work: () => Promise<Verdict>,
  deps: DeliverEmailDeps,
): Promise<Verdict> {
  try {
    return await work();
  } catch (error) {
    deps.log.error('delivery failed', { messageId: record.messageId }, error);
    const receives = Number(record.attributes.ApproximateReceiveCount) || 1;
    const { retryFirst, retryMost } = deps.times;
    const after = Math.min(retryMost, retryFirst * 2 ** Math.min(receives - 1, 20));
    return { kind: 'again', after, note: 'failed on our side' };
  }
}

/** Delivers a batch of the send queue, side by side, under one deadline. */
export function createHandler(deps: DeliverEmailDeps) {
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const left = () => context.getRemainingTimeInMillis() - RESERVE;
    const run: Run = { gate: await deps.gate.read(), left };
    try {
      return await consumeBatch(event, deps.log, (record) => consume(record, run, deps));
    } finally {
      for (const sender of Object.values(deps.senders)) sender.close();
    }
  };
}
