import httpJsonBodyParser from '@middy/http-json-body-parser';
import * as v from 'valibot';
import { LIMITS } from '../contract/limits.ts';
import { describeProblems } from './problems.ts';
import { Refusal } from './refusal.ts';
import { gatheredBy, type Step } from './request.ts';

const MALFORMED = 'The body is not valid JSON. Send a JSON object in UTF-8.';

/** A byte order mark is no JSON, but editors and Windows shells write one. */
const BYTE_ORDER_MARK = '\ufeff';

function decoded(step: Step): string {
  const body = typeof step.event.body === 'string' ? step.event.body : '';
  const bytes = Buffer.from(body, step.event.isBase64Encoded ? 'base64' : 'utf8');
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

const parser = httpJsonBodyParser({ disableContentTypeCheck: true });

async function parseJson(step: Step, optional: boolean): Promise<void> {
  const text = decoded(step);
  step.event.body = optional && text.trim() === '' ? '{}' : text;
  step.event.isBase64Encoded = false;
  await parser.before?.(step as never);
}

/**
 * Middleware: where the route takes a body, it becomes what its JSON says, whatever `Content-Type` says;
 * anything that is no JSON is a 400. Elsewhere a body is not looked at.
 */
export function jsonBody() {
  return {
    async before(step: Step): Promise<void> {
      const { route } = gatheredBy(step);
      if (!route?.body) {
        delete step.event.body;
        return;
      }
      try {
        await parseJson(step, route.bodyOptional ?? false);
      } catch {
        throw new Refusal('Validation failed', MALFORMED);
      }
    },
  };
}

function bytesOf(value: unknown): number {
  return typeof value === 'string' ? Buffer.byteLength(value) : 0;
}

/** Middleware: 413 where HTML and text together pass their limit. */
export function contentLimit() {
  return {
    before(step: Step): void {
      const { html, text } = (step.event.body ?? {}) as Record<string, unknown>;
      const size = bytesOf(html) + bytesOf(text);
      if (size <= LIMITS.contentBytes) return;
      const message = `The 'html' and 'text' fields hold ${size} bytes together; the limit is ${LIMITS.contentBytes} (5 MB). Make the content smaller; for example, link to images instead of embedding them.`;
      throw new Refusal('Too large', message);
    },
  };
}

type ObjectSchema = v.GenericSchema & {
  readonly pipe: readonly [{ readonly entries: object }, ...unknown[]];
};

/**
 * A body by its schema, or a refusal that names everything that is wrong.
 *
 * @throws Refusal `Validation failed`
 */
export function parseBody<Schema extends ObjectSchema>(
  schema: Schema,
  body: unknown,
): v.InferOutput<Schema> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refusal('Validation failed', 'The body must be a JSON object.');
  }
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  const known = Object.keys(schema.pipe[0].entries);
  throw new Refusal('Validation failed', describeProblems(result.issues, body, known));
}
