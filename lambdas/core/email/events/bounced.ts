import * as v from 'valibot';
import type { EventKind } from './event-kind.ts';
import { name, named, sesReport, time, UNKNOWN, withDiagnostic } from './ses-report.ts';

type Bounced = {
  readonly type: 'bounced';
  /** `Permanent`, `Transient`, `Undetermined`, or whatever SES will say one day. */
  readonly bounceType: string;
  readonly bounceSubType: string;
  /** What the mail server answered. */
  readonly diagnostic?: string | undefined;
};

/** Bounces by which SES says that an address is on its own list, not that delivery was attempted. */
const LISTED_BY_SES: ReadonlySet<string> = new Set(['Suppressed', 'OnAccountSuppressionList']);
/** SES's global list forgets an address after 14 days at most. */
const LISTED_FOR = 14 * 24 * 60 * 60 * 1000;

/** Only a permanent bounce says that the address is of no use. */
function suppression(bounceType: string | undefined, detail: string | null) {
  if (bounceType !== 'Permanent') return {};
  const lasts = detail !== null && LISTED_BY_SES.has(detail) ? { lasts: LISTED_FOR } : {};
  return { suppression: () => ({ reason: 'bounced', detail, ...lasts }) as const };
}

/** The recipient's mail server refused the email, permanently or for now. */
export const bounced = {
  type: 'bounced',
  reports: [
    sesReport(
      'Bounce',
      {
        bounce: v.object({
          timestamp: time,
          bounceType: name,
          bounceSubType: name,
          bouncedRecipients: named,
        }),
      },
      ({ bounce: { timestamp, bounceType, bounceSubType, bouncedRecipients } }) => ({
        at: timestamp,
        recipients: bouncedRecipients,
        words: ({ diagnosticCode }) => ({
          bounceType: bounceType ?? UNKNOWN,
          bounceSubType: bounceSubType ?? UNKNOWN,
          diagnostic: diagnosticCode,
        }),
        ...suppression(bounceType, bounceSubType ?? null),
      }),
    ),
  ],
  words: ['bounceType', 'bounceSubType', 'diagnostic'],
  sample: { type: 'bounced', bounceType: 'Permanent', bounceSubType: 'General' } as Bounced,
  status: { name: 'bounced', rank: 4, needsAttention: true },
  message: ({ bounceType, bounceSubType, diagnostic }) =>
    withDiagnostic(`${bounceType} bounce, ${bounceSubType}`, diagnostic),
  webhook: {
    event: 'email.bounced',
    byDefault: true,
    body: ({ event, emailId, to, timestamp }, { bounceType, bounceSubType }) => ({
      event,
      emailId,
      to,
      bounceType,
      bounceSubType,
      timestamp,
    }),
  },
  simulation: {
    address: 'bounced',
    after: 100,
    says: ({ address, at, feedbackId, bounceSubType = 'General' }) => ({
      bounce: {
        bounceType: 'Permanent',
        bounceSubType,
        bouncedRecipients: [
          {
            emailAddress: address,
            action: 'failed',
            status: '5.1.1',
            diagnosticCode: 'smtp; 550 5.1.1 simulated: user unknown',
          },
        ],
        timestamp: at,
        feedbackId,
        reportingMTA: 'dns; a1-1.smtp-out.local',
      },
    }),
  },
  counter: 'b',
} as const satisfies EventKind<Bounced>;
