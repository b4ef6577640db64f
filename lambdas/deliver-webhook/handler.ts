import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Log } from '../core/log/logger.ts';
import { consumeBatch, jsonOf, type Settled } from '../core/queue/batch.ts';
import { createCrowd } from '../core/webhook/crowd.ts';
import { deliver, type Received } from '../core/webhook/deliver.ts';
import { again, type DeliverDeps, type Run, type Verdict } from '../core/webhook/delivering.ts';
import { type LaneDeps, openLane } from '../core/webhook/lane.ts';
import { createLine } from '../core/webhook/line.ts';
import { readMessage } from '../core/webhook/message.ts';

/** What the function touches beyond delivering itself. */
export type DeliverWebhookDeps = Omit<DeliverDeps, 'crowd' | 'line'> &
  LaneDeps & {
    readonly log: Log;
    readonly sleep: (milliseconds: number) => Promise<void>;
    /** Hides a message for so many milliseconds. */
    readonly hide: (receiptHandle: string, milliseconds: number) => Promise<void>;
    /** Puts a message into the dead-letter queue, with a reason. */
    readonly park: (body: string, reason: string) => Promise<void>;
  };

/** Kept for reporting after the last webhook, milliseconds. */
const RESERVE = 1000;

/** A failure of our own is a reason to try again soon, not after the whole visibility timeout. */
async function attempt(
  received: Received,
  run: Run,
  deps: DeliverWebhookDeps & DeliverDeps,
): Promise<Verdict> {
  try {
    return await deliver(received, run, deps);
  } catch (error) {
    const { account, endpoint, id } = received.message;
    deps.log.error('webhook failed', { account, endpoint, deliveryId: id }, error);
    const { retryFirst, retryMost } = deps.times;
    const after = Math.min(retryMost, retryFirst * 2 ** Math.min(received.receives - 1, 20));
    return again(after, 'failed on our side');
  }
}

async function consume(
  record: SQSRecord,
  run: Run,
  deps: DeliverWebhookDeps & DeliverDeps,
): Promise<Settled> {
  const message = readMessage(jsonOf(record));
  if (!message) {
    await deps.park(record.body, 'unreadable_message');
    return { done: true, fields: { messageId: record.messageId, outcome: 'unreadable_message' } };
  }
  const receives = Number(record.attributes.ApproximateReceiveCount) || 1;
  const verdict = await attempt({ message, receives }, run, deps);
  if (verdict.kind === 'again') await deps.hide(record.receiptHandle, verdict.after);
  const { account, endpoint, id } = message;
  const fields = { account, endpoint, deliveryId: id, outcome: verdict.note, receives };
  return { done: verdict.kind === 'done', fields: { ...fields, ...verdict.tried } };
}

/** Delivers a batch of the webhook queue, side by side; what it remembers lasts as long as its environment. */
export function createHandler(given: DeliverWebhookDeps) {
  const deps = { ...given, crowd: createCrowd(given.now), line: createLine(given.sleep) };
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const left = () => context.getRemainingTimeInMillis() - RESERVE;
    const lane = openLane(deps, left);
    const run: Run = { left, holdsLane: lane.hold };
    try {
      return await consumeBatch(event, deps.log, (record) => consume(record, run, deps));
    } finally {
      await lane.giveBack().catch((error) => deps.log.error('lane not given back', {}, error));
    }
  };
}
