import httpJsonBodyParser from '@middy/http-json-body-parser';
import { Refusal } from './refusal.ts';
import { type HttpStep, stateOf } from './request.ts';
import type { Route } from './route.ts';

const MALFORMED = 'The body is not valid JSON. Send a JSON object in UTF-8.';

/** A byte order mark is no JSON, but editors and Windows shells write one. */
const BYTE_ORDER_MARK = '\ufeff';

function decoded(step: HttpStep): string {
  const body = typeof step.event.body === 'string' ? step.event.body : '';
  const bytes = Buffer.from(body, step.event.isBase64Encoded ? 'base64' : 'utf8');
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

const parser = httpJsonBodyParser({ disableContentTypeCheck: true });

async function parseJson(step: HttpStep, optional: boolean): Promise<void> {
  const text = decoded(step);
  step.event.body = optional && text.trim() === '' ? '{}' : text;
  step.event.isBase64Encoded = false;
  await parser.before?.(step as never);
}

function bytesOf(value: unknown): number {
  return typeof value === 'string' ? Buffer.byteLength(value) : 0;
}

function checkSize({ bodyLimit }: Route, body: unknown): void {
  if (!bodyLimit || typeof body !== 'object' || body === null) return;
  const { fields, bytes } = bodyLimit;
  const values = body as Readonly<Record<string, unknown>>;
  const size = fields.reduce((sum, field) => sum + bytesOf(values[field]), 0);
  if (size <= bytes) return;
  const names = fields.map((field) => `'${field}'`).join(' and ');
  const message = `The ${names} fields hold ${size} bytes together; the limit is ${bytes} (${bytes / 1024 ** 2} MB). Make the content smaller; for example, link to images instead of embedding them.`;
  throw new Refusal('Too large', message);
}

/**
 * Middleware: where the route takes a body, it becomes what its JSON says, whatever `Content-Type` says;
 * anything that is no JSON is a 400, and what passes the route's limit a 413. Elsewhere a body is ignored.
 */
export function jsonBody() {
  return {
    async before(step: HttpStep): Promise<void> {
      const { route } = stateOf(step);
      if (!route?.body) {
        delete step.event.body;
        return;
      }
      try {
        await parseJson(step, route.bodyOptional ?? false);
      } catch {
        throw new Refusal('Validation failed', MALFORMED);
      }
      checkSize(route, step.event.body);
    },
  };
}
