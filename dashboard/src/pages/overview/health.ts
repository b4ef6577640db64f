import { type Counts, percent } from './statistics.ts';

/** Shares of sent emails at which AWS reviews a sender, as it has published. */
const AWS_REVIEWS = { bounced: 0.05, complained: 0.001 } as const;

/** With fewer emails, a single bounce would already look bad. */
const ENOUGH_TO_JUDGE = 200;

/** How recipients reacted to the emails of the last days, in a sentence or two. */
export function receptionWords(total: Counts): string {
  if (total.sent === 0) return 'You sent no emails in the last 30 days.';
  const shares = `In the last 30 days, ${percent(total.bounced, total.sent)} of your emails bounced and recipients marked ${percent(total.complained, total.sent)} as spam.`;
  if (total.sent < ENOUGH_TO_JUDGE) return shares;
  if (total.bounced / total.sent >= AWS_REVIEWS.bounced)
    return `${shares} AWS reviews senders with a bounce rate above 5%. Send only to addresses you have confirmed.`;
  if (total.complained / total.sent >= AWS_REVIEWS.complained)
    return `${shares} AWS reviews senders with a complaint rate above 0.1%. Send only to people who expect your emails.`;
  return `${shares} Both are well within the limits of AWS.`;
}
