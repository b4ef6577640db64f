import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventQueue, hider, parking, sendQueue } from '../../lambdas/core/aws/queues.ts';
import { PARK_REASON, type SendMessage } from '../../lambdas/core/contract/messages.ts';
import { anEmail } from './emails.ts';
import { startQueues, type TestQueues, watchedClient } from './queues.ts';

let queues: TestQueues;
beforeAll(async () => {
  queues = await startQueues();
});
afterAll(() => queues.stop());

function aMessage(): SendMessage {
  const { account, id, environment, nonce } = anEmail();
  return { account, id, environment, nonce, at: Date.parse('2026-11-23T12:00:00.000Z') };
}

describe('the send queue', () => {
  it('carries the message as JSON', async () => {
    const url = await queues.create();
    const message = aMessage();
    await sendQueue(queues.client, url).send(message);
    expect(JSON.parse((await queues.receive(url))?.Body ?? '')).toEqual(message);
  });

  it('names the account as the group in its request', async () => {
    const { watched, requests } = watchedClient();
    const message = aMessage();
    await sendQueue(watched, await queues.create()).send(message);
    watched.destroy();
    expect(requests).toEqual([expect.objectContaining({ MessageGroupId: message.account })]);
  });

  it('throws when the message could not be put, so that nothing is accepted', async () => {
    await expect(sendQueue(queues.client, queues.missing).send(aMessage())).rejects.toThrow();
  });
});

describe('hiding a received message', () => {
  it('shows it again at once after 0 ms, and counts the second receive', async () => {
    const url = await queues.create();
    await sendQueue(queues.client, url).send(aMessage());
    const first = await queues.receive(url);
    await hider(queues.client, url)(first?.ReceiptHandle ?? '', 0);
    const second = await queues.receive(url);
    expect(second?.MessageId).toBe(first?.MessageId);
    expect(second?.Attributes?.ApproximateReceiveCount).toBe('2');
  });

  it('takes a negative time as none', async () => {
    const url = await queues.create();
    await sendQueue(queues.client, url).send(aMessage());
    await hider(queues.client, url)((await queues.receive(url))?.ReceiptHandle ?? '', -5000);
    expect(await queues.receive(url)).toBeDefined();
  });

  it.each([
    [60_001, 61],
    [600_000, 600],
    [13 * 3_600_000, 43_200],
  ])('hides it for %i ms as %i s: rounded up, at most 12 hours', async (milliseconds, seconds) => {
    const url = await queues.create();
    await sendQueue(queues.client, url).send(aMessage());
    const { watched, requests } = watchedClient();
    await hider(watched, url)((await queues.receive(url))?.ReceiptHandle ?? '', milliseconds);
    watched.destroy();
    expect(requests).toEqual([expect.objectContaining({ VisibilityTimeout: seconds })]);
    expect((await queues.waiting(url)).hidden).toBe(1);
  });
});

describe('parking and events', () => {
  it('parks the body as it was, unreadable or not, with the reason beside it', async () => {
    const url = await queues.create();
    await parking(queues.client, url)('{"not": JSON', 'unreadable_message');
    const received = await queues.receive(url);
    expect(received?.Body).toBe('{"not": JSON');
    expect(received?.MessageAttributes?.[PARK_REASON]?.StringValue).toBe('unreadable_message');
  });

  it('puts an event on the queue as JSON', async () => {
    const url = await queues.create();
    await eventQueue(queues.client, url)({ eventType: 'Send' });
    expect((await queues.receive(url))?.Body).toBe('{"eventType":"Send"}');
  });

  it('shows an event only after its delay', async () => {
    const url = await queues.create();
    await eventQueue(queues.client, url)({ eventType: 'Delivery' }, 900);
    expect(await queues.receive(url)).toBeUndefined();
    expect(await queues.waiting(url)).toEqual({ visible: 0, hidden: 0, delayed: 1 });
  });
});
