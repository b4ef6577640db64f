import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  eventQueue,
  hider,
  openQueues,
  parking,
  sendQueue,
} from '../../lambdas/core/aws/queues.ts';
import { PARK_REASON, type SendMessage } from '../../lambdas/core/contract/messages.ts';
import { anEmail } from './emails.ts';
import { startMessagingEmulator } from './messaging-fixture.ts';

let messaging: Awaited<ReturnType<typeof startMessagingEmulator>>;
let client: SQSClient;
let queues = 0;
beforeAll(async () => {
  messaging = await startMessagingEmulator();
  client = openQueues();
});
afterAll(async () => {
  client.destroy();
  await messaging.stop();
});

async function newQueue(): Promise<string> {
  queues += 1;
  const name = `queue-${queues}`;
  await client.send(new CreateQueueCommand({ QueueName: name }));
  return messaging.queueUrl(name);
}

async function receive(url: string): Promise<Message | undefined> {
  const command = new ReceiveMessageCommand({
    QueueUrl: url,
    VisibilityTimeout: 600,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  });
  return (await client.send(command)).Messages?.[0];
}

async function hiddenOn(url: string): Promise<string | undefined> {
  const AttributeNames = ['ApproximateNumberOfMessagesNotVisible' as const];
  const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames });
  return (await client.send(command)).Attributes?.ApproximateNumberOfMessagesNotVisible;
}

/** A client whose requests are seen: the emulator keeps no group and tells no visibility timeout. */
function watchedClient() {
  const watched = openQueues();
  const requests: object[] = [];
  watched.middlewareStack.add(
    (next) => (args) => {
      requests.push(args.input);
      return next(args);
    },
    { step: 'initialize' },
  );
  return { watched, requests };
}

function aMessage(): SendMessage {
  const { account, id, environment, nonce } = anEmail();
  return { account, id, environment, nonce, at: Date.parse('2026-11-23T12:00:00.000Z') };
}

describe('the send queue', () => {
  it('carries the message as JSON', async () => {
    const url = await newQueue();
    const message = aMessage();
    await sendQueue(client, url).send(message);
    expect(JSON.parse((await receive(url))?.Body ?? '')).toEqual(message);
  });

  it('names the account as the group in its request', async () => {
    const { watched, requests } = watchedClient();
    const message = aMessage();
    await sendQueue(watched, await newQueue()).send(message);
    watched.destroy();
    expect(requests).toEqual([expect.objectContaining({ MessageGroupId: message.account })]);
  });

  it('throws when the message could not be put, so that nothing is accepted', async () => {
    const missing = messaging.queueUrl('missing');
    await expect(sendQueue(client, missing).send(aMessage())).rejects.toThrow();
  });
});

describe('hiding a received message', () => {
  it('shows it again at once after 0 ms, and counts the second receive', async () => {
    const url = await newQueue();
    await sendQueue(client, url).send(aMessage());
    const first = await receive(url);
    await hider(client, url)(first?.ReceiptHandle ?? '', 0);
    const second = await receive(url);
    expect(second?.MessageId).toBe(first?.MessageId);
    expect(second?.Attributes?.ApproximateReceiveCount).toBe('2');
  });

  it('takes a negative time as none', async () => {
    const url = await newQueue();
    await sendQueue(client, url).send(aMessage());
    await hider(client, url)((await receive(url))?.ReceiptHandle ?? '', -5000);
    expect(await receive(url)).toBeDefined();
  });

  it.each([
    [60_001, 61],
    [600_000, 600],
    [13 * 3_600_000, 43_200],
  ])('hides it for %i ms as %i s: rounded up, at most 12 hours', async (milliseconds, seconds) => {
    const url = await newQueue();
    await sendQueue(client, url).send(aMessage());
    const { watched, requests } = watchedClient();
    await hider(watched, url)((await receive(url))?.ReceiptHandle ?? '', milliseconds);
    watched.destroy();
    expect(requests).toEqual([expect.objectContaining({ VisibilityTimeout: seconds })]);
    expect(await hiddenOn(url)).toBe('1');
  });
});

describe('parking and events', () => {
  it('parks the body as it was, unreadable or not, with the reason beside it', async () => {
    const url = await newQueue();
    await parking(client, url)('{"not": JSON', 'unreadable_message');
    const received = await receive(url);
    expect(received?.Body).toBe('{"not": JSON');
    expect(received?.MessageAttributes?.[PARK_REASON]?.StringValue).toBe('unreadable_message');
  });

  it('puts an event on the queue as JSON', async () => {
    const url = await newQueue();
    await eventQueue(client, url)({ eventType: 'Send' });
    expect((await receive(url))?.Body).toBe('{"eventType":"Send"}');
  });
});
