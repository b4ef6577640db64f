import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands where CloudFormation waits for the answers of custom resources. */
export async function startAnswers(status = 200) {
  const answers: Record<string, unknown>[] = [];
  const contentTypes: (string | undefined)[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    answers.push(JSON.parse(Buffer.concat(chunks).toString()));
    contentTypes.push(request.headers['content-type']);
    response.writeHead(status).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    answers,
    contentTypes,
    event: (type: 'Create' | 'Update' | 'Delete', properties: Record<string, unknown> = {}) => ({
      RequestType: type,
      ...(type === 'Create' ? {} : { PhysicalResourceId: 'as it was' }),
      ServiceToken: 'arn:aws:lambda:us-east-1:000000000000:function:f',
      ResponseURL: `http://127.0.0.1:${port}/answer?signature=x`,
      StackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/Maillayer/1',
      RequestId: 'request-1',
      LogicalResourceId: 'Thing',
      ResourceType: 'Custom::Thing',
      ResourceProperties: { ServiceToken: 'arn', ...properties },
    }),
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** A log that keeps what it is told. */
export function keptLog() {
  const lines: unknown[][] = [];
  const keep = (...line: unknown[]) => void lines.push(line);
  return { lines, info: keep, error: keep };
}
