import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { WebhookMessage } from '../lambdas/core/contract/messages.ts';
import { findQueues, type LocalSystem } from '../test/kit/local-system.ts';

const run = promisify(execFile);
const hex24 = () => randomBytes(12).toString('hex');

async function admin(system: LocalSystem, ...args: string[]): Promise<string> {
  const given = ['bin/admin.ts', ...args, '--data-dir', system.dataDir];
  return (await run(process.execPath, given)).stdout;
}

/** Makes an account with a test key of scope `full`. */
export async function makeAccount(system: LocalSystem, name: string) {
  const made = await admin(system, 'account', 'create', '--name', name, '--plan', 'Business');
  const account = /Made account (\w+)/.exec(made)?.[1] ?? '';
  const flags = ['--environment', 'test', '--scope', 'full', '--name', name];
  const printed = await admin(system, 'key', 'create', '--account', account, ...flags);
  return { account, key: /ml_test_\w+/.exec(printed)?.[0] ?? '' };
}

/** Makes an endpoint for test mail; its id. */
export async function makeEndpoint(system: LocalSystem, key: string, url: string): Promise<string> {
  const answer = await fetch(`${system.apiUrl}/api/v1/webhooks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ url, environment: 'test' }),
  });
  if (answer.status !== 201) throw new Error(await answer.text());
  return ((await answer.json()) as { id: string }).id;
}

function messageFor(account: string, endpoint: string): WebhookMessage {
  const emailId = hex24();
  const timestamp = new Date().toISOString();
  const event = { event: 'email.delivered', emailId, to: 'ada@example.com', timestamp };
  return {
    account,
    endpoint,
    id: `msg_${Date.now().toString(36).padStart(9, '0')}_${hex24()}`,
    event: {
      type: 'email.delivered',
      emailId,
      environment: 'test',
      body: JSON.stringify({ ...event, from: 'hello@maillayer.test', subject: 'Load' }),
    },
  };
}

/** Puts `count` events for one endpoint onto the webhook queue, as record-event would. */
export async function putEvents(
  system: LocalSystem,
  { account, endpoint, count }: { account: string; endpoint: string; count: number },
): Promise<void> {
  const client = system.openQueues();
  const [QueueUrl] = await findQueues(client, /WebhookChannelQueue/);
  for (let i = 0; i < count; i += 10) {
    const Entries = Array.from({ length: Math.min(10, count - i) }, (_, n) => ({
      Id: String(n),
      MessageBody: JSON.stringify(messageFor(account, endpoint)),
      MessageGroupId: endpoint,
    }));
    await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  }
  client.destroy();
}
