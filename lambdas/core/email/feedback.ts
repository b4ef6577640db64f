import type { Suppression } from '../suppression/suppression.ts';
import { parseMailbox } from '../value/address.ts';
import type { Environment } from '../value/environment.ts';
import type { Email, Fact } from './email.ts';
import { recipientsOf } from './send-request.ts';
import { emailOf, readingOf, type SesEvent } from './ses-event.ts';

/** SES's mailbox simulator: its addresses bounce and complain on demand. */
const SIMULATOR = '@simulator.amazonses.com';

/** What two spellings of an address share; of one that we cannot read, its text in lower case. */
function addressKey(address: string): string {
  const parsed = parseMailbox(address);
  return 'mailbox' in parsed ? parsed.mailbox.key : address.toLowerCase();
}

/** The distinct addresses that an event names, normalised, in its order; none where it is about all. */
function addressesOf(event: SesEvent): string[] {
  const named = readingOf(event)?.recipients ?? [];
  return [...new Set(named.map(({ emailAddress }) => addressKey(emailAddress)))];
}

/** When it happened: by the event's own time, else that of the mail; absent where neither can be read. */
export function timeOf(event: SesEvent): string | undefined {
  return readingOf(event)?.at ?? event.mail.timestamp;
}

/**
 * What the event says of the email: one fact for each recipient that it names, or one about all. Those
 * that the email does not have are counted as `unknownRecipients`.
 */
export function factsOf(
  event: SesEvent,
  email: Email,
): { facts: Fact[]; unknownRecipients: number } {
  const reading = readingOf(event);
  if (!reading) return { facts: [], unknownRecipients: 0 };
  const { type, recipients, words } = reading;
  const at = timeOf(event) ?? email.createdAt;
  const addresses = addressesOf(event);
  if (!recipients) {
    return { facts: [{ ...words({}, 0), type, at } as Fact], unknownRecipients: 0 };
  }
  const indexes = new Map(recipientsOf(email).map(({ key }, index) => [key, index]));
  const facts = new Map<number, Fact>();
  for (const named of recipients) {
    const recipient = indexes.get(addressKey(named.emailAddress));
    if (recipient === undefined || facts.has(recipient)) continue;
    facts.set(recipient, { ...words(named, addresses.length), type, recipient, at } as Fact);
  }
  const unknownRecipients = addresses.filter((address) => !indexes.has(address)).length;
  return { facts: [...facts.values()], unknownRecipients };
}

/**
 * Whom the account does not write to any more after this event: each address that a permanent bounce or a
 * complaint names, whether the email has it or not. Never for test mail, never a simulator's address.
 *
 * @param at when it happened, ISO 8601
 */
export function suppressionsOf(
  event: SesEvent,
  environment: Environment,
  at: string,
): Suppression[] {
  const addresses = addressesOf(event);
  const cause = readingOf(event)?.suppression?.(addresses.length);
  if (!cause || environment === 'test') return [];
  const { reason, detail, lasts } = cause;
  const expiresAt = lasts === undefined ? null : new Date(Date.parse(at) + lasts).toISOString();
  const { id: emailId } = emailOf(event);
  return addresses
    .filter((address) => !address.endsWith(SIMULATOR))
    .map((address) => ({ address, reason, detail, expiresAt, emailId, createdAt: at }));
}
