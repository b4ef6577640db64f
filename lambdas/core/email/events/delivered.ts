import * as v from 'valibot';
import type { EventKind } from './event-kind.ts';
import { address, sesReport, time } from './ses-report.ts';

type Delivered = { readonly type: 'delivered' };

/** The recipient's mail server accepted the email. */
export const delivered = {
  type: 'delivered',
  reports: [
    sesReport(
      'Delivery',
      {
        delivery: v.object({
          timestamp: time,
          recipients: v.pipe(v.array(address), v.nonEmpty()),
        }),
      },
      ({ delivery }) => ({
        at: delivery.timestamp,
        recipients: delivery.recipients.map((emailAddress) => ({ emailAddress })),
        words: () => ({}),
      }),
    ),
  ],
  words: [],
  sample: { type: 'delivered' } as Delivered,
  status: { name: 'delivered', rank: 3, needsAttention: false },
  webhook: { event: 'email.delivered', byDefault: true },
  simulation: {
    after: 100,
    says: ({ address: recipient, at, after }) => ({
      delivery: {
        timestamp: at,
        processingTimeMillis: after,
        recipients: [recipient],
        smtpResponse: '250 2.0.0 simulated',
        remoteMtaIp: '127.0.0.1',
        reportingMTA: 'a1-1.smtp-out.local',
      },
    }),
  },
  counter: 'd',
} as const satisfies EventKind<Delivered>;
