import type { Schema } from '../../api/client.ts';
import type { Tone } from '../../components/status-badge.tsx';

type Email = Schema<'Email'>;
type Recipient = Email['recipients'][number];

/** The domain of an address, with or without a display name. */
export function domainOf(mailbox: string): string {
  return mailbox.slice(mailbox.lastIndexOf('@') + 1).replace(/>\s*$/, '');
}

/** The message of the last event of a type, for one recipient or for any; undefined if it has none. */
export function lastMessage(email: Email, type: string, recipient?: string): string | undefined {
  return email.events.findLast(
    (event) =>
      event.type === type &&
      (recipient === undefined || event.recipient === null || event.recipient === recipient),
  )?.message;
}

const EVENTS: Readonly<Record<string, readonly [Tone, string]>> = {
  queued: ['quiet', 'Accepted'],
  waiting: ['warning', 'Waiting'],
  deferred: ['warning', 'Attempt failed'],
  sent: ['quiet', 'Sent to Amazon SES'],
  delivery_delayed: ['warning', 'Delivery delayed'],
  delivered: ['good', 'Delivered'],
  bounced: ['bad', 'Bounced'],
  complained: ['bad', 'Marked as spam'],
  rejected: ['bad', 'Not sent by Amazon SES'],
  failed: ['bad', 'Failed'],
};

/** An event's words, and what it means for the reader. */
export function eventWords(type: string, environment: Email['environment']) {
  if (type === 'sent' && environment === 'test') return ['quiet', 'Simulated send'] as const;
  return EVENTS[type] ?? (['quiet', type] as const);
}

const BOUNCES: Readonly<Record<string, string>> = {
  Permanent: 'Hard bounce: the mailbox does not accept email',
  Transient: 'Soft bounce: the mailbox did not accept the email this time',
  Undetermined: 'Bounced, but the mail server did not clearly say why',
};

function bounceWords({ bounceType, bounceSubType }: Recipient): string {
  const words = BOUNCES[bounceType ?? ''] ?? 'Bounced';
  const kind = [bounceType, bounceSubType].filter(Boolean).join(', ');
  return kind ? `${words} (${kind}).` : `${words}.`;
}

/** Whether SES says that the address will never accept email. */
export function isHard(bounceType: string | undefined): boolean {
  return bounceType === 'Permanent';
}

/** What a recipient's status means, in a sentence or two. */
export function stateWords(email: Email, recipient: Recipient): string {
  const live = email.environment === 'live';
  switch (recipient.status) {
    case 'bounced': {
      const listed = live && isHard(recipient.bounceType);
      return `${bounceWords(recipient)}${listed ? ' The address is now suppressed.' : ''}`;
    }
    case 'complained':
      return `The recipient marked the email as spam.${live ? ' The address is now suppressed.' : ''}`;
    case 'delivered':
      return "The recipient's mail server accepted the email.";
    case 'delivery_delayed':
      return 'The mail server does not accept it yet. Amazon SES keeps retrying.';
    case 'sent':
      return 'Amazon SES has it. The mail server has not responded yet.';
    case 'failed':
      return 'Not sent; see the reason above.';
    default:
      return 'Not sent yet.';
  }
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
