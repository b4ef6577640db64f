import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A call that reached a service. */
export type Recorded = {
  /** Method and path, such as `PUT /v2/email/identities/shop.example/mail-from`. */
  readonly what: string;
  /** The operation, of services that name it in a header: `TrentService.Decrypt`; empty for others. */
  readonly target: string;
  readonly body: string;
};

/** An answer in the service's place. */
export type Instead = {
  readonly status: number;
  /** The name of the SDK's error, as `x-amzn-errortype`. */
  readonly error?: string;
  readonly body?: string;
};

/**
 * Stands between the SDK and an emulator, or in place of one: keeps what is asked and answers it, unless a test wants
 * another answer.
 *
 * @param upstream where calls go that `instead` leaves alone, `http://127.0.0.1:<port>`
 */
export async function startRecordingProxy(upstream = '') {
  const calls: Recorded[] = [];
  let instead: (call: Recorded) => Instead | undefined = () => undefined;
  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const body = await text(request);
    const target = String(headers['x-amz-target'] ?? '');
    const call = { what: `${method} ${url}`, target, body };
    calls.push(call);
    const other = instead(call);
    if (other) {
      const type = other.error ? { 'x-amzn-errortype': other.error } : {};
      response.writeHead(other.status, { 'content-type': 'application/json', ...type });
      response.end(other.body ?? '{}');
      return;
    }
    const { authorization = '' } = headers;
    const passed = { authorization, ...(target === '' ? {} : { 'x-amz-target': target }) };
    const init = { method, headers: passed, ...(body === '' ? {} : { body }) };
    const answer = await fetch(`${upstream}${url}`, init);
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    /** From here on; nothing is kept of what was asked before. */
    answer(other: typeof instead = () => undefined) {
      instead = other;
      calls.length = 0;
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
