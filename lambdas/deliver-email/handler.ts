import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { readSendMessage } from '../core/contract/messages.ts';
import { RESERVES } from '../core/contract/times.ts';
import { deliverEmail } from '../core/email/deliver.ts';
import type { EmailDeliveryDeps, EmailRun } from '../core/email/delivery.ts';
import {
  attemptMessage,
  type ConsumerDeps,
  consumeMessages,
  type RetryDeps,
} from '../core/queue/consume.ts';
import type { GateStore } from '../core/sending/gate.ts';

/** What the function touches beyond delivering itself. */
export type DeliverEmailDeps = ConsumerDeps &
  RetryDeps &
  Omit<EmailDeliveryDeps, 'gate'> & {
    readonly gate: Pick<GateStore, 'read' | 'close'>;
  };

/** Delivers a batch of the send queue, side by side, under one deadline. */
export function createHandler(deps: DeliverEmailDeps) {
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const left = () => context.getRemainingTimeInMillis() - RESERVES.emailBatch;
    const run: EmailRun = { gate: await deps.gate.read(), left };
    try {
      return await consumeMessages(event, deps, readSendMessage, (message, record) => {
        const { id, account } = message;
        const fields = { emailId: id, account };
        return attemptMessage(record, fields, () => deliverEmail(message, run, deps), deps);
      });
    } finally {
      for (const sender of Object.values(deps.senders)) sender.close();
    }
  };
}
