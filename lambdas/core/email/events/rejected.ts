import * as v from 'valibot';
import type { EventKind } from './event-kind.ts';
import { optional, sesReport, text } from './ses-report.ts';

type Rejected = { readonly type: 'rejected'; readonly reason: string };

const failure = ({ reason }: Rejected) => ({
  code: 'rejected',
  message: `Amazon SES took the mail and then did not send it: ${reason}`,
});

/** SES did not send what it had accepted. */
export const rejected = {
  type: 'rejected',
  reports: [
    sesReport('Reject', { reject: optional(v.object({ reason: text })) }, ({ reject }) => ({
      words: () => ({ reason: reject?.reason ?? 'no reason given' }),
    })),
    sesReport(
      'Rendering Failure',
      { failure: optional(v.object({ errorMessage: text })) },
      ({ failure: why }) => ({
        words: () => ({ reason: why?.errorMessage ?? 'rendering failed' }),
      }),
    ),
  ],
  words: ['reason'],
  sample: { type: 'rejected', reason: 'Bad content' } as Rejected,
  status: { name: 'failed', rank: 2, needsAttention: true },
  failure,
  message: (words) => failure(words).message,
  webhook: {
    event: 'email.failed',
    body: (common, words) => ({ ...common, failure: failure(words) }),
  },
  simulation: {
    address: 'rejected',
    after: 50,
    localOnly: true,
    says: () => ({ reject: { reason: 'Bad content' } }),
  },
} as const satisfies EventKind<Rejected>;
