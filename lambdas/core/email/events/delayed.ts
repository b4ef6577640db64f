import * as v from 'valibot';
import type { EventKind } from './event-kind.ts';
import { name, named, sesReport, time, UNKNOWN, withDiagnostic } from './ses-report.ts';

type Delayed = {
  readonly type: 'delivery_delayed';
  readonly delayType: string;
  /** What the mail server answered. */
  readonly diagnostic?: string | undefined;
};

/** SES tries for 14 hours. */
const EXPIRES = 14 * 60 * 60 * 1000;

/** The recipient's mail server does not accept the email yet, and SES keeps retrying. */
export const delayed = {
  type: 'delivery_delayed',
  reports: [
    sesReport(
      'DeliveryDelay',
      { deliveryDelay: v.object({ timestamp: time, delayType: name, delayedRecipients: named }) },
      ({ deliveryDelay: { timestamp, delayType = UNKNOWN, delayedRecipients } }) => ({
        at: timestamp,
        recipients: delayedRecipients,
        words: ({ diagnosticCode }) => ({ delayType, diagnostic: diagnosticCode }),
      }),
    ),
  ],
  words: ['delayType', 'diagnostic'],
  sample: { type: 'delivery_delayed', delayType: 'TransientCommunicationFailure' } as Delayed,
  status: { name: 'delivery_delayed', rank: 1, needsAttention: true },
  message: ({ delayType, diagnostic }) => withDiagnostic(delayType, diagnostic),
  webhook: {
    event: 'email.delivery_delayed',
    body: (common, { delayType }) => ({ ...common, delayType }),
  },
  simulation: {
    address: 'delayed',
    after: 100,
    deliveredAfter: 30_100,
    says: ({ address, at }) => ({
      deliveryDelay: {
        timestamp: at,
        delayType: 'TransientCommunicationFailure',
        expirationTime: new Date(Date.parse(at) + EXPIRES).toISOString(),
        delayedRecipients: [
          {
            emailAddress: address,
            status: '4.4.1',
            diagnosticCode: 'smtp; 421 4.4.1 simulated: no answer',
          },
        ],
      },
    }),
  },
} as const satisfies EventKind<Delayed>;
