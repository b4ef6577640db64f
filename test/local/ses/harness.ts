import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { type Ses, type SesOptions, startSes } from '../../../local/ses/server.ts';

export type Published = { readonly topicArn: string; readonly message: string };

export type Running = {
  readonly ses: Ses;
  readonly client: SESv2Client;
  readonly published: Published[];
  stop(): Promise<void>;
};

export const DOMAIN = 'example.com';
export const TOPIC = 'arn:aws:sns:us-east-1:000000000000:feedback';

/** A server with a verified domain and a configuration set, and the SDK's own client for it. */
export async function start(options: Partial<SesOptions> = {}): Promise<Running> {
  const published: Published[] = [];
  const ses = await startSes({
    file: ':memory:',
    publish: async (topicArn, message) => {
      published.push({ topicArn, message });
    },
    ...options,
  });
  const client = clientOf(ses.url);
  const stop = async () => {
    client.destroy();
    await ses.stop();
  };
  return { ses, client, published, stop };
}

export function clientOf(url: string, region = 'us-east-1'): SESv2Client {
  return new SESv2Client({
    endpoint: url,
    region,
    maxAttempts: 1,
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
}

export async function verifyDomain(url: string, name = DOMAIN): Promise<void> {
  await fetch(`${url}/v2/email/identities`, {
    method: 'POST',
    body: JSON.stringify({ EmailIdentity: name }),
  });
  await control(url, 'POST', `identities/${encodeURIComponent(name)}/verify`);
}

/** Calls the control API and reads its JSON. */
export async function control<T = Record<string, unknown>>(
  url: string,
  method: string,
  path: string,
  body?: object,
): Promise<T> {
  const init = body ? { method, body: JSON.stringify(body) } : { method };
  const response = await fetch(`${url}/_local/${path}`, init);
  return (await response.json()) as T;
}

export function mailTo(
  to: string | readonly string[],
  changes: Partial<SendEmailCommandInput> = {},
): SendEmailCommand {
  return new SendEmailCommand({
    FromEmailAddress: `Maillayer <news@${DOMAIN}>`,
    Destination: { ToAddresses: [to].flat() },
    Content: {
      Simple: { Subject: { Data: 'Hello' }, Body: { Text: { Data: 'Hello there' } } },
    },
    ...changes,
  });
}

export type SimpleContent = NonNullable<NonNullable<SendEmailCommandInput['Content']>['Simple']>;

export function withContent(content: Partial<SimpleContent>): Partial<SendEmailCommandInput> {
  const Simple: SimpleContent = {
    Subject: { Data: 'Hello' },
    Body: { Text: { Data: 'Hello there' } },
    ...content,
  };
  return { Content: { Simple } };
}

/** Waits until `probe` gives something, looking again and again. */
export async function until<T>(probe: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
