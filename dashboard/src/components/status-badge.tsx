import type { Schema } from '../api/client.ts';
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

type Domain = Schema<'Domain'>['status'];

const DOMAIN: Readonly<Record<Domain, readonly [Tone, string]>> = {
  pending: ['waiting', 'Pending'],
  verified: ['good', 'Verified'],
  failed: ['bad', 'Failed'],
};

/** Status of a domain. */
export function DomainStatus({ status }: { status: Domain }) {
  const [tone, words] = DOMAIN[status] ?? ['quiet', status];
  return <StatusBadge tone={tone}>{words}</StatusBadge>;
}
