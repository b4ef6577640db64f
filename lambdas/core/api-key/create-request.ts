import * as v from 'valibot';
import { parseDomain } from '../value/address.ts';
import type { Environment } from '../value/environment.ts';
import type { Scope } from './api-key.ts';

/** Longest name of a key, as the operator's command line has it: lists stay readable. */
const NAME_LENGTH = 100;

const name = v.pipe(
  v.string('must be a string'),
  v.maxLength(NAME_LENGTH, `must have at most ${NAME_LENGTH} characters`),
  v.regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u, 'must hold printable characters only'),
  v.check((text) => text.trim() !== '', 'must not be empty'),
  // The rule above for programs, as far as JSON Schema can say it.
  v.metadata({ minLength: 1 }),
);

/** A domain name as people write it, with or without the dot at its end. */
const withoutDot = (written: string) => written.replace(/\.$/, '');

const domain = v.pipe(
  v.string('must be a string'),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed || 'ascii' in parseDomain(withoutDot(dataset.value))) return;
    addIssue({ message: 'must be a full domain name, such as example.com' });
  }),
);

/** Body of `POST /api/v1/api-keys`. */
export const newKeySchema = v.pipe(
  v.strictObject({
    name,
    environment: v.nullish(v.picklist(['live', 'test'], "must be 'live' or 'test'")),
    scope: v.nullish(v.picklist(['send', 'full'], "must be 'send' or 'full'")),
    domain: v.nullish(domain),
  }),
  v.title('ApiKeyRequest'),
);

/** What was asked for, with the defaults. */
export type NewKey = {
  readonly name: string;
  readonly environment: Environment;
  readonly scope: Scope;
  /** Punycode, lower case. */
  readonly domain?: string;
};

/** A parsed create request, completed: `live` and `send` unless it says otherwise. */
export function newKey(body: v.InferOutput<typeof newKeySchema>): NewKey {
  const parsed = body.domain == null ? undefined : parseDomain(withoutDot(body.domain));
  return {
    name: body.name,
    environment: body.environment ?? 'live',
    scope: body.scope ?? 'send',
    ...(parsed && 'ascii' in parsed ? { domain: parsed.ascii } : {}),
  };
}
