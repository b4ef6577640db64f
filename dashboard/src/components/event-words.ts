import type { Schema } from '../api/client.ts';
import type { Tone } from './status-badge.tsx';

type Email = Schema<'Email'>;
type Recipient = Email['recipients'][number];

/** A status of an email, or of one of its recipients. */
export type Status = Email['status'];
/** What an entry of an email's timeline can be. */
export type EventType = Email['events'][number]['type'];
/** An event that an endpoint can receive. */
export type WebhookEvent = Schema<'WebhookEndpoint'>['events'][number];

// The compiler checks that each table below has exactly the names that the API has. A tab that is older than
// the API may still meet one that it does not know.

type StatusWords = {
  readonly tone: Tone;
  readonly label: string;
  /** What it means for a recipient, in a sentence or two. */
  readonly meaning: string | ((recipient: Recipient, live: boolean) => string);
  /** We expect no more events; a complaint can still arrive later. */
  readonly final?: true;
};

const BOUNCES: Readonly<Record<string, string>> = {
  Permanent: 'Hard bounce: the mailbox does not accept email',
  Transient: 'Soft bounce: the mailbox did not accept the email this time',
  Undetermined: 'Bounced, but the mail server did not clearly say why',
};

/** Whether SES says that the address will never accept email. */
export function isHard(bounceType: string | undefined): boolean {
  return bounceType === 'Permanent';
}

function bounceWords({ bounceType, bounceSubType }: Recipient, live: boolean): string {
  const words = BOUNCES[bounceType ?? ''] ?? 'Bounced';
  const kind = [bounceType, bounceSubType].filter(Boolean).join(', ');
  const listed = live && isHard(bounceType) ? ' The address is now suppressed.' : '';
  return `${words}${kind ? ` (${kind})` : ''}.${listed}`;
}

/** The statuses of an email. */
export const STATUSES: Readonly<Record<Status, StatusWords>> = {
  queued: { tone: 'waiting', label: 'Queued', meaning: 'Not sent yet.' },
  sending: { tone: 'waiting', label: 'Sending', meaning: 'Not sent yet.' },
  sent: {
    tone: 'quiet',
    label: 'Sent',
    meaning: 'Amazon SES has it. The mail server has not responded yet.',
  },
  delivery_delayed: {
    tone: 'warning',
    label: 'Delayed',
    meaning: 'The mail server does not accept it yet. Amazon SES keeps retrying.',
  },
  delivered: {
    tone: 'good',
    label: 'Delivered',
    meaning: "The recipient's mail server accepted the email.",
    final: true,
  },
  bounced: { tone: 'bad', label: 'Bounced', meaning: bounceWords, final: true },
  complained: {
    tone: 'bad',
    label: 'Complained',
    meaning: (_, live) =>
      `The recipient marked the email as spam.${live ? ' The address is now suppressed.' : ''}`,
    final: true,
  },
  failed: {
    tone: 'bad',
    label: 'Failed',
    meaning: 'Not sent; see the reason above.',
    final: true,
  },
};

/** The words for a status. */
export function statusWords(status: Status): StatusWords {
  return STATUSES[status] ?? { tone: 'quiet', label: status, meaning: '' };
}

/** The entries of a timeline. */
const EVENTS: Readonly<Record<EventType, readonly [Tone, string]>> = {
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

/** The words for an entry of a timeline, and what it means for the reader. */
export function eventWords(type: EventType, environment: Email['environment']) {
  if (type === 'sent' && environment === 'test') return ['quiet', 'Simulated send'] as const;
  return EVENTS[type] ?? (['quiet', type] as const);
}

type WebhookWords = {
  readonly label: string;
  readonly description: string;
  /** A new endpoint receives it unless the user chooses otherwise. */
  readonly usual?: true;
};

/** The events of webhooks, the usual ones first. */
export const WEBHOOKS: Readonly<Record<WebhookEvent, WebhookWords>> = {
  'email.delivered': {
    label: 'Delivered',
    description: "The recipient's mail server accepted the email.",
    usual: true,
  },
  'email.bounced': {
    label: 'Bounced',
    description: "The recipient's mail server refused the email, permanently or for now.",
    usual: true,
  },
  'email.complained': {
    label: 'Complained',
    description: 'The recipient marked the email as spam.',
    usual: true,
  },
  'email.sent': { label: 'Sent', description: 'Amazon SES accepted the email.' },
  'email.delivery_delayed': {
    label: 'Delayed',
    description: "The recipient's mail server does not accept the email yet.",
  },
  'email.failed': { label: 'Failed', description: 'The email will not be sent.' },
};
