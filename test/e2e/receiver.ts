import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '../kit/patience.ts';

/** One request that a customer's server got. */
export type Arrival = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** A customer's server: keeps what arrives and answers what it is told. */
export async function startReceiver() {
  const arrivals: Arrival[] = [];
  const answers = new Map<string, number[]>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const path = request.url ?? '';
    arrivals.push({ path, headers: request.headers, body });
    response.writeHead(answers.get(path)?.shift() ?? 204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    /** The next answers of a path; 204 when there is none left. */
    answerWith: (path: string, ...statuses: number[]) => void answers.set(path, statuses),
    /** What came to a path, once there are `count`. */
    async at(path: string, count: number): Promise<Arrival[]> {
      return await until(
        () => {
          const found = arrivals.filter((each) => each.path === path);
          return found.length >= count && found;
        },
        () => `${path} got ${JSON.stringify(arrivals)}`,
      );
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
