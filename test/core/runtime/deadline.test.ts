import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetAccountCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DeadlineHandler, withDeadline } from '../../../lambdas/core/runtime/deadline.ts';

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
    const begun = performance.now();
    const call = withDeadline(1200, () => client.send(new GetAccountCommand({})));
    await expect(call).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(performance.now() - begun).toBeGreaterThan(190);
  });

  it('ends at once where its invocation has no time left', async () => {
    const client = clientWith(60_000);
    const call = withDeadline(900, () => client.send(new GetAccountCommand({})));
    await expect(call).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('ends at its own end where that comes first', async () => {
    const client = clientWith(60_000);
    const abortSignal = AbortSignal.timeout(20);
    const call = withDeadline(600_000, () =>
      client.send(new GetAccountCommand({}), { abortSignal }),
    );
    await expect(call).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
