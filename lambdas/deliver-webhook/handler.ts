import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { RESERVES } from '../core/contract/times.ts';
import {
  attemptMessage,
  type ConsumerDeps,
  consumeMessages,
  type RetryDeps,
} from '../core/queue/consume.ts';
import { createCrowd } from '../core/webhook/crowd.ts';
import { deliverWebhook } from '../core/webhook/deliver.ts';
import type { WebhookDeliveryDeps, WebhookRun } from '../core/webhook/delivering.ts';
import { type LaneDeps, openLane } from '../core/webhook/lane.ts';
import { createLine } from '../core/webhook/line.ts';
import { readMessage } from '../core/webhook/message.ts';

/** What the function touches beyond delivering itself. */
export type DeliverWebhookDeps = Omit<WebhookDeliveryDeps, 'crowd' | 'line'> &
  LaneDeps &
  ConsumerDeps &
  RetryDeps & {
    readonly sleep: (milliseconds: number) => Promise<void>;
  };

/** Delivers a batch of the webhook queue, side by side; what it remembers lasts as long as its environment. */
export function createHandler(given: DeliverWebhookDeps) {
  const deps = { ...given, crowd: createCrowd(given.now), line: createLine(given.sleep) };
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const left = () => context.getRemainingTimeInMillis() - RESERVES.webhookBatch;
    const lane = openLane(deps, left);
    const run: WebhookRun = { left, holdsLane: lane.hold };
    try {
      return await consumeMessages(event, deps, readMessage, (message, record) => {
        const { account, endpoint, id } = message;
        const fields = { account, endpoint, deliveryId: id };
        const attempt = (receives: number) => deliverWebhook({ message, receives }, run, deps);
        return attemptMessage(record, fields, attempt, deps);
      });
    } finally {
      await lane.giveBack().catch((error) => deps.log.error('lane not given back', {}, error));
    }
  };
}
