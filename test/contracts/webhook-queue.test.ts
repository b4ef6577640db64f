import type { SendMessageBatchCommandInput } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { webhookQueue } from '../../lambdas/core/aws/queues.ts';
import type { WebhookMessage } from '../../lambdas/core/contract/messages.ts';
import { startQueues, type TestQueues, watchedClient } from './queues.ts';
import { aDelivery } from './webhooks.ts';

let queues: TestQueues;
beforeAll(async () => {
  queues = await startQueues();
});
afterAll(() => queues.stop());

function aWebhook(): WebhookMessage {
  const { account, endpoint, id, emailId, body } = aDelivery();
  const event = { type: 'email.delivered', emailId: emailId ?? '', environment: 'live', body };
  return { account, endpoint, id, event: { ...event, environment: 'live' } };
}

/** A client whose first `rounds` batches leave out every other message, as a busy SQS may. */
function forgetfulClient(rounds: number) {
  const { watched, requests } = watchedClient();
  watched.middlewareStack.add(
    (next) => async (args) => {
      const input = args.input as SendMessageBatchCommandInput;
      const entries = input.Entries ?? [];
      if (requests.length > rounds) return next(args);
      const taken = entries.filter((_, i) => i % 2 === 1);
      const left = entries.filter((_, i) => i % 2 === 0);
      const failed = left.map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false }));
      if (taken.length === 0) return { response: {}, output: { $metadata: {}, Failed: failed } };
      const result = await next({ ...args, input: { ...input, Entries: taken } });
      Object.assign(result.output, { Failed: failed });
      return result;
    },
    { step: 'initialize', priority: 'low' },
  );
  return { watched, requests };
}

async function receiveAll(url: string): Promise<unknown[]> {
  const bodies: unknown[] = [];
  for (let message = await queues.receive(url); message; message = await queues.receive(url)) {
    bodies.push(JSON.parse(message.Body ?? ''));
  }
  return bodies;
}

const inOrder = (messages: readonly unknown[]) =>
  messages.map((message) => JSON.stringify(message)).sort();

describe('the webhook queue', () => {
  const webhooks = (count: number, delaySeconds = 0) =>
    Array.from({ length: count }, () => ({ message: aWebhook(), delaySeconds }));

  it('carries each of 25 messages once, in batches of ten', async () => {
    const url = await queues.create();
    const { watched, requests } = watchedClient();
    const sent = webhooks(25);
    await webhookQueue(watched, url).send(sent);
    watched.destroy();
    expect(inOrder(await receiveAll(url))).toEqual(inOrder(sent.map(({ message }) => message)));
    const batches = requests as SendMessageBatchCommandInput[];
    expect(batches.map(({ Entries }) => Entries?.length)).toEqual([10, 10, 5]);
  });

  it('names the endpoint as the group, and the delay, in its request', async () => {
    const { watched, requests } = watchedClient();
    const [now, later] = [...webhooks(1), ...webhooks(1, 37)];
    await webhookQueue(watched, await queues.create()).send(
      [now, later].flatMap((each) => each ?? []),
    );
    watched.destroy();
    const [batch] = requests as SendMessageBatchCommandInput[];
    expect(batch?.Entries).toEqual([
      expect.objectContaining({ MessageGroupId: now?.message.endpoint, DelaySeconds: 0 }),
      expect.objectContaining({ MessageGroupId: later?.message.endpoint, DelaySeconds: 37 }),
    ]);
  });

  it('carries texts with characters that SQS takes only as an escape', async () => {
    const url = await queues.create();
    const message = aWebhook();
    // SQS takes #x9, #xA, #xD, #x20 to #xD7FF, #xE000 to #xFFFD and what is above #xFFFF.
    const body = JSON.stringify({ subject: 'a\ufffeb\uffff \ud83d\ude9a \u007f \ud800' });
    const sent = { ...message, event: { ...message.event, body } } as WebhookMessage;
    await webhookQueue(queues.client, url).send([{ message: sent, delaySeconds: 0 }]);
    expect(await receiveAll(url)).toEqual([sent]);
  });

  it('shows a message only after its delay', async () => {
    const url = await queues.create();
    await webhookQueue(queues.client, url).send([...webhooks(1), ...webhooks(2, 900)]);
    expect(await queues.waiting(url)).toEqual({ visible: 1, hidden: 0, delayed: 2 });
  });

  it('asks nothing of SQS when there is nothing to send', async () => {
    await webhookQueue(queues.client, queues.missing).send([]);
  });

  it('sends again what SQS left out of a batch, and nothing twice', async () => {
    const url = await queues.create();
    const pauses: number[] = [];
    const { watched, requests } = forgetfulClient(2);
    const sent = webhooks(10);
    await webhookQueue(watched, url, async (ms) => pauses.push(ms)).send(sent);
    watched.destroy();
    expect(inOrder(await receiveAll(url))).toEqual(inOrder(sent.map(({ message }) => message)));
    const batches = requests as SendMessageBatchCommandInput[];
    expect(batches.map(({ Entries }) => Entries?.length)).toEqual([10, 5, 3]);
    expect(pauses).toEqual([100, 200]);
  });

  it('throws when SQS leaves messages out time after time', async () => {
    const { watched, requests } = forgetfulClient(Number.POSITIVE_INFINITY);
    const queue = webhookQueue(watched, await queues.create(), async () => undefined);
    await expect(queue.send(webhooks(10))).rejects.toThrow(
      "The webhook queue left out 1 of a batch's messages.",
    );
    watched.destroy();
    expect(requests).toHaveLength(4);
  });

  it('throws when the queue is not there', async () => {
    const queue = webhookQueue(queues.client, queues.missing);
    await expect(queue.send(webhooks(1))).rejects.toThrow();
  });
});
