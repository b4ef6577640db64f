import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { SendMessage } from '../core/contract/messages.ts';
import { deliver } from '../core/email/deliver.ts';
import type { DeliverDeps, Run, Verdict } from '../core/email/delivery.ts';
import type { Settled } from '../core/queue/batch.ts';
import { consumeSendMessages, type SendMessagesDeps } from '../core/queue/send-messages.ts';
import type { GateStore } from '../core/sending/gate.ts';

/** What the function touches beyond delivering itself. */
export type DeliverEmailDeps = SendMessagesDeps &
  Omit<DeliverDeps, 'gate'> & {
    readonly gate: Pick<GateStore, 'read' | 'close'>;
    /** Hides a message for so many milliseconds. */
    readonly hide: (receiptHandle: string, milliseconds: number) => Promise<void>;
  };

/** Kept for reporting after the last mail, milliseconds. */
const RESERVE = 500;

async function consume(
  message: SendMessage,
  record: SQSRecord,
  run: Run,
  deps: DeliverEmailDeps,
): Promise<Settled> {
  const { id, account } = message;
  const verdict = await attempt(record, () => deliver(message, run, deps), deps);
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
      return await consumeSendMessages(event, deps, (message, record) =>
        consume(message, record, run, deps),
      );
    } finally {
      for (const sender of Object.values(deps.senders)) sender.close();
    }
  };
}
