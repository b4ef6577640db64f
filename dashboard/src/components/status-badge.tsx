import classes from './status-badge.module.css';

/** What a status means for the reader, which decides its colour. */
export type Tone = 'quiet' | 'waiting' | 'good' | 'warning' | 'bad';

/** A status in colour and in words. */
export function StatusBadge({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      {children}
    </span>
  );
}

const EMAIL: Readonly<Record<string, readonly [Tone, string]>> = {
  scheduled: ['waiting', 'Scheduled'],
  canceled: ['quiet', 'Canceled'],
  queued: ['waiting', 'Queued'],
  sending: ['waiting', 'Sending'],
  sent: ['quiet', 'Sent'],
  delivery_delayed: ['warning', 'Delayed'],
  delivered: ['good', 'Delivered'],
  bounced: ['bad', 'Bounced'],
  complained: ['bad', 'Complained'],
  failed: ['bad', 'Failed'],
};

const DOMAIN: Readonly<Record<string, readonly [Tone, string]>> = {
  pending: ['waiting', 'Pending'],
  verified: ['good', 'Verified'],
  failed: ['bad', 'Failed'],
};

/** Status of an email, or of one of its recipients. */
export function EmailStatus({ status }: { status: string }) {
  const [tone, words] = EMAIL[status] ?? ['quiet', status];
  return <StatusBadge tone={tone}>{words}</StatusBadge>;
}

/** The statuses of an email with their words, for filters. */
export const EMAIL_STATUSES = Object.entries(EMAIL).map(([value, [, label]]) => ({ value, label }));

/** Status of a domain. */
export function DomainStatus({ status }: { status: string }) {
  const [tone, words] = DOMAIN[status] ?? ['quiet', status];
  return <StatusBadge tone={tone}>{words}</StatusBadge>;
}
