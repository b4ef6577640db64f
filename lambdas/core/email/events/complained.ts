import * as v from 'valibot';
import type { EventKind } from './event-kind.ts';
import { name, named, sesReport, time, withDiagnostic } from './ses-report.ts';

type Complained = {
  readonly type: 'complained';
  /** What the mail provider calls it: `abuse`, … */
  readonly feedbackType?: string | undefined;
  /** How many recipients SES named, of whom one complained. */
  readonly suspects: number;
};

/** The recipient marked the email as spam. */
export const complained = {
  type: 'complained',
  reports: [
    sesReport(
      'Complaint',
      {
        complaint: v.object({
          timestamp: time,
          complaintSubType: name,
          complaintFeedbackType: name,
          complainedRecipients: named,
        }),
      },
      ({ complaint }) => ({
        at: complaint.timestamp,
        recipients: complaint.complainedRecipients,
        words: (_, count) => ({ feedbackType: complaint.complaintFeedbackType, suspects: count }),
        suppression: (count) => ({
          reason: 'complained',
          detail:
            count > 1
              ? `one of ${count} recipients SES named`
              : (complaint.complaintSubType ?? complaint.complaintFeedbackType ?? null),
        }),
      }),
    ),
  ],
  words: ['feedbackType', 'suspects'],
  sample: { type: 'complained', suspects: 1 } as Complained,
  status: { name: 'complained', rank: 5, needsAttention: true },
  message: ({ feedbackType, suspects }) =>
    suspects > 1
      ? withDiagnostic(`SES named ${suspects} recipients, one of whom complained`, feedbackType)
      : feedbackType,
  webhook: { event: 'email.complained', byDefault: true },
  simulation: {
    address: 'complained',
    after: 200,
    deliveredAfter: 100,
    says: ({ suspects, at, feedbackId }) => ({
      complaint: {
        complainedRecipients: suspects.map((emailAddress) => ({ emailAddress })),
        timestamp: at,
        feedbackId,
        complaintSubType: null,
        userAgent: 'Maillayer simulation',
        complaintFeedbackType: 'abuse',
        arrivalDate: at,
      },
    }),
  },
  counter: 'c',
} as const satisfies EventKind<Complained>;
