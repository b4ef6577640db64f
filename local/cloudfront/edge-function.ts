import { createContext, Script } from 'node:vm';
import * as v from 'valibot';
import type { Template } from '../template/template.ts';

const SHAPE = {
  FunctionCode: v.string(),
  FunctionConfig: v.looseObject({ Runtime: v.literal('cloudfront-js-2.0') }),
};

const fields = v.record(v.string(), v.looseObject({ value: v.string() }));

const requestSchema = v.looseObject({
  method: v.string(),
  uri: v.string(),
  querystring: fields,
  headers: fields,
});

const responseSchema = v.looseObject({
  statusCode: v.number(),
  headers: v.optional(fields, {}),
  body: v.optional(v.union([v.string(), v.looseObject({ data: v.string() })]), ''),
});

/** The request as functions at the edge see and change it. */
export type EdgeRequest = v.InferOutput<typeof requestSchema>;

/** What a function makes of a request: another request, or an answer. */
export type EdgeResult = { readonly request: EdgeRequest } | { readonly response: EdgeResponse };

/** An answer that a function at the edge gives without the origin. */
export type EdgeResponse = v.InferOutput<typeof responseSchema>;

/** A function at the edge, called at each request of a viewer. */
export type EdgeFunction = (request: EdgeRequest, ip: string) => Promise<EdgeResult>;

/** CloudFront ends a function after far less: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-function-restrictions.html */
const TIMEOUT_MS = 1000;

/** The template's functions at the edge by their ARN, their code compiled. */
export function readEdgeFunctions(template: Template): ReadonlyMap<string, EdgeFunction> {
  return new Map(
    template.resources('AWS::CloudFront::Function').map((resource) => {
      const { FunctionCode } = resource.properties(SHAPE, ['AutoPublish', 'Name']);
      return [resource.attributes.FunctionARN ?? '', compile(FunctionCode)] as const;
    }),
  );
}

/**
 * Compiles the code of a function at the edge.
 *
 * @returns throws what the function throws, and for a result of another shape
 */
export function compile(code: string): EdgeFunction {
  const script = new Script(`${code}\n;handler(JSON.parse(event));`);
  return async (request, ip) => {
    const event = { version: '1.0', context: CONTEXT, viewer: { ip }, request };
    const sandbox = createContext({
      event: JSON.stringify(event),
      console: { log: () => undefined },
    });
    const returned: unknown = await script.runInContext(sandbox, { timeout: TIMEOUT_MS });
    const plain: unknown = JSON.parse(JSON.stringify(returned) ?? 'null');
    const response = v.safeParse(responseSchema, plain);
    if (response.success) return { response: response.output };
    return { request: v.parse(requestSchema, plain) };
  };
}

const CONTEXT = { eventType: 'viewer-request', distributionId: 'local' };
