import { type Counts, percent } from './statistics.ts';

/** Shares of sent mail from which AWS looks into a sender, by its own published practice. */
const AWS_REVIEWS = { bounced: 0.05, complained: 0.001 } as const;

/** Below this, one single bounce would already look like a bad share. */
const ENOUGH_TO_JUDGE = 200;

/** How recipients took the mail of the last days, in a sentence or two. */
export function receptionWords(total: Counts): string {
  if (total.sent === 0) return 'Nothing was sent in the last 30 days.';
  const shares = `In the last 30 days ${percent(total.bounced, total.sent)} of the mail bounced and ${percent(total.complained, total.sent)} was marked as spam.`;
  if (total.sent < ENOUGH_TO_JUDGE) return shares;
  if (total.bounced / total.sent >= AWS_REVIEWS.bounced)
    return `${shares} AWS looks into senders above 5 % bounces: send only to addresses that are known to be right.`;
  if (total.complained / total.sent >= AWS_REVIEWS.complained)
    return `${shares} AWS looks into senders above 0.1 % complaints: send only to people who expect it.`;
  return `${shares} Both are well within what AWS allows.`;
}
