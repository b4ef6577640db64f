import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { readBody, startHttpService } from '../service.ts';

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
  const { url, stop } = await startHttpService((request, response) => {
    const path = request.url ?? '';
    readBody(request).then(
      (body) => {
        const isExpected = request.method === 'PUT' && received.has(path);
        if (isExpected) received.set(path, body.toString('utf8'));
        response.writeHead(isExpected ? 200 : 403).end();
      },
      () => response.destroy(),
    );
  });
  return {
    expect: () => {
      const path = `/${randomUUID()}`;
      received.set(path, undefined);
      return { url: `${url}${path}`, answer: () => received.get(path) };
    },
    stop,
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
