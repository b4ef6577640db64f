import type { Schema } from '../../api/client.ts';
import { type EventType, statusWords } from '../../components/event-words.ts';

type Email = Schema<'Email'>;
type Recipient = Email['recipients'][number];

/** The domain of an address, with or without a display name. */
export function domainOf(mailbox: string): string {
  return mailbox.slice(mailbox.lastIndexOf('@') + 1).replace(/>\s*$/, '');
}

/** The message of the last event of a type, for one recipient or for any; undefined if it has none. */
export function lastMessage(email: Email, type: EventType, recipient?: string): string | undefined {
  return email.events.findLast(
    (event) =>
      event.type === type &&
      (recipient === undefined || event.recipient === null || event.recipient === recipient),
  )?.message;
}

/** What a recipient's status means, in a sentence or two. */
export function stateWords(email: Email, recipient: Recipient): string {
  const { meaning } = statusWords(recipient.status);
  return typeof meaning === 'string' ? meaning : meaning(recipient, email.environment === 'live');
}

/** That an email bounced, or was marked as spam, and for how many of its recipients. */
export function returnedTitle(
  { recipients }: Email,
  count: number,
  status: 'bounced' | 'complained',
): string {
  const many = recipients.length > 1 ? `${count} of ${recipients.length} recipients` : '';
  if (status === 'bounced') return many ? `Bounced for ${many}` : 'This email bounced';
  return many ? `Marked as spam by ${many}` : 'The recipient marked this email as spam';
}
