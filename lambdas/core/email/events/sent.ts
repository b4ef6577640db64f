import type { EventKind } from './event-kind.ts';
import { sesReport } from './ses-report.ts';

type Sent = { readonly type: 'sent' };

/** SES accepted the email. */
export const sent = {
  type: 'sent',
  reports: [sesReport('Send', {}, () => ({ words: () => ({}) }))],
  words: [],
  sample: { type: 'sent' } as Sent,
  status: { name: 'sent', rank: 0, needsAttention: false },
  webhook: { event: 'email.sent' },
  // Each email is sent, whatever happens to its recipients afterwards.
  simulation: { after: 0, says: () => ({ send: {} }) },
  counter: 's',
} as const satisfies EventKind<Sent>;
