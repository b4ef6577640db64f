import type { ApiKey } from '../api-key/api-key.ts';
import { LIMITS } from '../contract/limits.ts';
import { masked, shortened } from '../log/mask.ts';
import { parseMailbox } from '../value/address.ts';

/** Domains that are noted of one request. */
const MOST = 5;

function writtenIn(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice(0, LIMITS.recipients) : [value];
}

/**
 * The domains that a body wants to send to, in punycode, each once, at most five; what is no address is
 * passed over.
 *
 * @param body parsed JSON of any form
 */
export function recipientDomains(body: unknown): string[] {
  const { to, cc, bcc } = (body ?? {}) as Record<string, unknown>;
  const domains = new Set<string>();
  for (const written of [to, cc, bcc].flatMap(writtenIn)) {
    const parsed = typeof written === 'string' ? parseMailbox(written) : undefined;
    if (parsed && 'mailbox' in parsed) domains.add(parsed.mailbox.domain);
  }
  return [...domains].slice(0, MOST);
}

/** Characters that are kept: of a message, and of a path that no route takes. */
const MESSAGE_LENGTH = 500;
const ROUTE_LENGTH = 200;

/** A call that got an error, as its account may see it later: never a body, never an address. */
export type RefusedRequest = {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly key: Pick<ApiKey, 'name' | 'last4' | 'environment'>;
  /** `POST /api/v1/emails`; where no route takes the request, its method and its masked path. */
  readonly route: string;
  readonly status: number;
  readonly error: string;
  /** As the caller got it, masked, at most 500 characters. */
  readonly message: string;
  /** At most five. */
  readonly recipientDomains: readonly string[];
};

/** One that is kept; `id` is `req_…`, and later ones are greater. */
export type KeptRequest = RefusedRequest & { readonly id: string };

/** The refused requests of an account. */
export type RequestStore = {
  /** Keeps one, unless the account has {@link MOST_A_SECOND} in that second already. */
  note(account: string, refused: RefusedRequest): Promise<void>;
  /**
   * The last {@link MOST_LISTED} that are not too old, newest first.
   *
   * @param now epoch milliseconds
   */
  list(account: string, now: number): Promise<KeptRequest[]>;
};

/** Refusals of one account that are kept of one second (docs/api.md, "Requests"). */
export const MOST_A_SECOND = 5;
/** Refusals of one account that it can see (docs/api.md, "Requests"). */
export const MOST_LISTED = 200;

/** What is known of a refusal when it is answered. */
export type RefusedAnswer = {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly key: ApiKey;
  readonly route: string;
  readonly status: number;
  readonly error: string;
  readonly message: string;
  /** The parsed body, as far as it could be read. */
  readonly body: unknown;
};

/** A part of a path as it was meant, where it can be decoded. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function maskedRoute(route: string): string {
  const parts = route.split('/').map((part) => masked(decoded(part)));
  return shortened(ROUTE_LENGTH, parts.join('/'));
}

/** What may be kept of a refusal. */
export function refusedRequest(refused: RefusedAnswer): RefusedRequest {
  const { name, last4, environment } = refused.key;
  return {
    time: new Date(refused.at).toISOString(),
    key: { name, last4, environment },
    route: maskedRoute(refused.route),
    status: refused.status,
    error: refused.error,
    message: shortened(MESSAGE_LENGTH, masked(refused.message)),
    recipientDomains: recipientDomains(refused.body),
  };
}
