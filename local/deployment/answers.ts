import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as v from 'valibot';

const answerSchema = v.variant('Status', [
  v.looseObject({ Status: v.literal('SUCCESS'), PhysicalResourceId: v.string() }),
  v.looseObject({
    Status: v.literal('FAILED'),
    Reason: v.optional(v.string(), 'it gave no reason'),
  }),
]);

/** What the function of a custom resource tells CloudFormation. */
export type DeploymentAnswer = v.InferOutput<typeof answerSchema>;

/** Takes answers as CloudFormation's bucket does, by addresses that nobody can guess. */
export interface Answers {
  /** A new address, and what has been put there, once it has. */
  expect(): { readonly url: string; answer(): unknown };
  stop(): Promise<void>;
}

/** Opens it on 127.0.0.1. */
export async function startAnswers(): Promise<Answers> {
  const received = new Map<string, unknown>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    readText(request).then(
      (text) => {
        const isExpected = request.method === 'PUT' && received.has(path);
        if (isExpected) received.set(path, text);
        response.writeHead(isExpected ? 200 : 403).end();
      },
      () => response.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    expect: () => {
      const path = `/${randomUUID()}`;
      received.set(path, undefined);
      return { url: `http://127.0.0.1:${port}${path}`, answer: () => received.get(path) };
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What a put answer says; undefined when it is none. */
export function readAnswer(text: unknown): DeploymentAnswer | undefined {
  try {
    const parsed = v.safeParse(answerSchema, JSON.parse(String(text)));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk as string;
  return text;
}
