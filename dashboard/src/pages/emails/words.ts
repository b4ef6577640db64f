import type { Schema } from '../../api/client.ts';
import type { Tone } from '../../components/status-badge.tsx';

type Email = Schema<'Email'>;
type Recipient = Email['recipients'][number];

/** The domain of an address, with or without a display name. */
export function domainOf(mailbox: string): string {
  return mailbox.slice(mailbox.lastIndexOf('@') + 1).replace(/>\s*$/, '');
}

/** What the last event of a type says, about one recipient or about any; undefined where it says nothing. */
export function lastMessage(email: Email, type: string, recipient?: string): string | undefined {
  return email.events.findLast(
    (event) =>
      event.type === type &&
      (recipient === undefined || event.recipient === null || event.recipient === recipient),
  )?.message;
}

const EVENTS: Readonly<Record<string, readonly [Tone, string]>> = {
  queued: ['quiet', 'Accepted'],
  waiting: ['warning', 'Waits'],
  deferred: ['warning', 'A try did not work'],
  sent: ['quiet', 'Handed to Amazon SES'],
  delivery_delayed: ['warning', 'Delivery delayed'],
  delivered: ['good', 'Delivered'],
  bounced: ['bad', 'Bounced'],
  complained: ['bad', 'Marked as spam'],
  rejected: ['bad', 'Not sent by Amazon SES'],
  failed: ['bad', 'Failed'],
};

/** An event's words, and what it means for the reader. */
export function eventWords(type: string, environment: Email['environment']) {
  if (type === 'sent' && environment === 'test') return ['quiet', 'Sent, as a simulation'] as const;
  return EVENTS[type] ?? (['quiet', type] as const);
}

const BOUNCES: Readonly<Record<string, string>> = {
  Permanent: 'Hard bounce: this mailbox does not take mail',
  Transient: 'Soft bounce: the mailbox did not take mail this time',
  Undetermined: 'Bounced, and the mail server did not say clearly why',
};

function bounceWords({ bounceType, bounceSubType }: Recipient): string {
  const words = BOUNCES[bounceType ?? ''] ?? 'Bounced';
  const kind = [bounceType, bounceSubType].filter(Boolean).join(', ');
  return kind ? `${words} (${kind}).` : `${words}.`;
}

/** Whether SES says that the address will never take mail. */
export function isHard(bounceType: string | undefined): boolean {
  return bounceType === 'Permanent';
}

/** What a recipient's state means, in a sentence or two. */
export function stateWords(email: Email, recipient: Recipient): string {
  const live = email.environment === 'live';
  switch (recipient.status) {
    case 'bounced': {
      const listed = live && isHard(recipient.bounceType);
      return `${bounceWords(recipient)}${listed ? ' Such a bounce puts the address on the suppression list.' : ''}`;
    }
    case 'complained':
      return `The recipient marked the email as spam.${live ? ' That puts the address on the suppression list.' : ''}`;
    case 'delivered':
      return "The recipient's mail server took the email.";
    case 'delivery_delayed':
      return 'The mail server does not take it yet; Amazon SES keeps trying.';
    case 'sent':
      return 'Amazon SES has it; the mail server has not answered yet.';
    case 'failed':
      return 'It was not sent; the reason stands above.';
    default:
      return 'It has not gone out yet.';
  }
}

/** That an email came back, or was marked as spam, by how many of its recipients. */
export function returnedTitle(
  { recipients }: Email,
  count: number,
  status: 'bounced' | 'complained',
): string {
  const many = recipients.length > 1 ? `${count} of ${recipients.length} recipients` : '';
  if (status === 'bounced') return many ? `It bounced for ${many}` : 'This email bounced';
  return many ? `Marked as spam by ${many}` : 'The recipient marked this email as spam';
}
