import type { Plant } from './program.ts';

/** A bug that the explorer must find, and what it must say of it. */
export type Planted = Plant & { readonly name: string; readonly symptom: RegExp };

/** One of each kind that loses or doubles mail. */
export const PLANTS: readonly Planted[] = [
  {
    name: 'lost put',
    file: 'lambdas/core/email/accept.ts',
    find: 'return await deps.emails.put(email);',
    replace:
      "deps.emails.put(email).catch(() => undefined);\n  return { kind: 'stored' } as const;",
    symptom: /the mail was lost|there are 0 records/,
  },
  {
    name: 'deletion before effect',
    file: 'lambdas/core/queue/consume.ts',
    find: 'return { done: false, record };',
    replace: 'return { done: true, record };',
    symptom:
      /the bounced address is not suppressed|the webhook was never delivered|the email ended as/,
  },
  {
    name: 'retry of an unknown answer',
    file: 'lambdas/core/aws/ses-sender.ts',
    find: 'maxAttempts: 1',
    replace: 'maxAttempts: 3',
    symptom: /a second copy is not flagged|further copies/,
  },
];
