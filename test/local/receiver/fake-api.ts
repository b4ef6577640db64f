import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request that the fake API got. */
export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
  readonly body: string;
};

/** An answer that a test foresees. */
export type Answer = { readonly status: number; readonly body: string };

/** The local system's API as far as the receiver knows it: it answers what is foreseen and nothing else. */
export async function startFakeApi(answers: Readonly<Record<string, Answer>>) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url: path = '', headers } = request;
    const authorization = headers.authorization ?? '';
    asked.push({ method, path, authorization, body: await text(request) });
    const answer = answers[`${method} ${path}`];
    if (answer === undefined) return void response.destroy();
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async stop() {
      server.closeAllConnections();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}
