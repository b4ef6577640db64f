import * as v from 'valibot';
import type { InvocationResult } from '../functions/protocol.ts';

/** What goes back to the caller. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer | string;
}

const headerValue = v.union([v.string(), v.number(), v.boolean()]);

const structured = v.object({
  statusCode: v.union([
    v.pipe(v.number(), v.integer()),
    v.pipe(v.string(), v.digits(), v.transform(Number)),
  ]),
  headers: v.nullish(v.record(v.string(), headerValue), {}),
  cookies: v.nullish(v.array(v.string()), []),
  body: v.nullish(v.string(), ''),
  isBase64Encoded: v.nullish(v.boolean(), false),
});

/** An answer of the gateway itself, not of a function. */
export function gatewayResponse(status: number, message: string): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    cookies: [],
    body: JSON.stringify({ message }),
  };
}

/**
 * The answer to a call of a function, by the rules of payload format 2.0: with a `statusCode` it is
 * the response, without one the whole of it is a body of JSON with status 200. A failed call, or a
 * response of another shape, is a 500.
 */
export function toResponse(result: InvocationResult): HttpResponse {
  if (!result.ok) return gatewayResponse(500, 'Internal Server Error');
  const returned: unknown = JSON.parse(result.payload);
  if (!isObject(returned) || !('statusCode' in returned)) {
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      cookies: [],
      body: typeof returned === 'string' ? returned : result.payload,
    };
  }
  const parsed = v.safeParse(structured, returned);
  if (!parsed.success) return gatewayResponse(500, 'Internal Server Error');
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.output;
  return {
    status: statusCode,
    // API Gateway's own default; a function that wants another type names it.
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...lowerCased(headers ?? {}) },
    cookies: cookies ?? [],
    body: isBase64Encoded === true ? Buffer.from(body ?? '', 'base64') : (body ?? ''),
  };
}

function lowerCased(headers: Readonly<Record<string, string | number | boolean>>) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
