import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { GetAccountCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DeadlineHandler, withDeadline } from '../../../lambdas/core/aws/deadline.ts';

let server: Server;

beforeEach(async () => {
  server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
});

function clientWith(requestTimeout: number): SESv2Client {
  return new SESv2Client({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: new DeadlineHandler({ connectionTimeout: 1000, requestTimeout }),
    maxAttempts: 1,
  });
}

describe('a call to a service that never answers', () => {
  it('fails after its time', async () => {
    await expect(clientWith(50).send(new GetAccountCommand({}))).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });

  it('ends a second before its invocation, and not earlier', async () => {
    const client = clientWith(60_000);
    const call = withDeadline(async () => await client.send(new GetAccountCommand({})));
    const begun = performance.now();
    await expect(call({}, { getRemainingTimeInMillis: () => 1200 })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(performance.now() - begun).toBeGreaterThan(190);
  });

  it('ends at once where its invocation has no time left', async () => {
    const client = clientWith(60_000);
    const call = withDeadline(async () => await client.send(new GetAccountCommand({})));
    await expect(call({}, { getRemainingTimeInMillis: () => 900 })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('ends at its own end where that comes first', async () => {
    const client = clientWith(60_000);
    const abortSignal = AbortSignal.timeout(20);
    const call = withDeadline(
      async () => await client.send(new GetAccountCommand({}), { abortSignal }),
    );
    await expect(call({}, { getRemainingTimeInMillis: () => 600_000 })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

describe('what a function throws', () => {
  const thrown = async (error: unknown) => {
    const failing = withDeadline(async () => {
      throw error;
    });
    return await failing({}, { getRemainingTimeInMillis: () => 60_000 }).catch((caught) => caught);
  };

  it('goes on without addresses and keys, since Lambda writes it into the log', async () => {
    const key = `ml_live_${'k'.repeat(36)}`;
    const error = Object.assign(new Error(`Invalid: ada@example.org ${key}`), {
      name: 'ValidationException',
      item: { to: 'ada@example.org' },
      cause: new Error('ada@example.org'),
    });
    const caught = await thrown(error);
    expect(caught).toBeInstanceOf(Error);
    expect(caught.name).toBe('ValidationException');
    expect(caught.message).toMatch(/^Invalid: /);
    expect(caught.stack).toMatch(/^ValidationException: Invalid: .*\n +at /);
    expect(caught.stack).toMatch(/deadline\.test\.ts/);
    expect(caught.stack).not.toMatch(/error-entry/);
    expect(inspect(caught)).not.toMatch(/ada|kkk/);
  });

  it('is an error where it was none', async () => {
    expect(await thrown('no ada@example.org')).toBeInstanceOf(Error);
    expect(inspect(await thrown('no ada@example.org'))).not.toContain('ada');
  });
});
