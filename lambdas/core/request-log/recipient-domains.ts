import { LIMITS } from '../contract/limits.ts';
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
