import type { Email, Fact } from './email.ts';
import { KINDS, type Kind } from './events/kinds.ts';
import { encodeFact } from './fact.ts';
import { recipientsOf } from './send-request.ts';

/** What an email, or one of its recipients, can be. */
export type EmailStatus = 'queued' | 'sending' | Kind['status']['name'];

/** All of them, in the order of docs/api.md. */
export const EMAIL_STATUSES: readonly EmailStatus[] = [
  ...new Set(['queued', 'sending', ...KINDS.map(({ status }) => status.name)] as const),
];

/** One recipient as callers see it; a bounced one with SES's two words for how. */
export type RecipientState = {
  readonly address: string;
  readonly status: EmailStatus;
  readonly bounceType?: string;
  readonly bounceSubType?: string;
};

/** A recipient's status is that of the first of these that SES reported of it. */
const BY_RANK = KINDS.toSorted((a, b) => b.status.rank - a.status.rank);

const statusesOf = (kinds: typeof BY_RANK) => kinds.map(({ status }) => status.name);

/** An email's status: the first of these that any of its recipients has. */
const EMAIL_RANK: readonly EmailStatus[] = [
  ...statusesOf(BY_RANK.filter(({ status }) => status.needsAttention)),
  'queued',
  'sending',
  ...statusesOf(BY_RANK.filter(({ status }) => !status.needsAttention)).reverse(),
];

/** What is known before SES has said anything of a recipient. */
function ownStatus(email: Email): EmailStatus {
  const taken = email.taken || email.facts.length > 0;
  return taken ? 'sent' : email.phase;
}

type Bounce = Extract<Fact, { type: 'bounced' }>;

/** Of several bounces a permanent one, else the earliest; the same one in whatever order they came. */
function bounceOf(facts: readonly Fact[]) {
  const rank = (fact: Bounce) => (fact.bounceType === 'Permanent' ? '0' : '1') + fact.at;
  const [first, ...others] = facts.filter((fact): fact is Bounce => fact.type === 'bounced');
  if (!first) return {};
  const before = (a: Bounce, b: Bounce) => {
    const [x, y] = rank(a) === rank(b) ? [encodeFact(a), encodeFact(b)] : [rank(a), rank(b)];
    return x < y ? a : b;
  };
  const { bounceType, bounceSubType } = others.reduce(before, first);
  return { bounceType, bounceSubType };
}

/**
 * Each recipient's state, from the set of facts alone: that of the highest rank that was reported of it (or
 * of all), else the email's own progress.
 */
export function recipientStates(email: Email): RecipientState[] {
  return recipientsOf(email).map(({ address }, index) => {
    const facts = email.facts.filter(
      ({ recipient }) => recipient === undefined || recipient === index,
    );
    const types = new Set(facts.map((fact) => fact.type));
    const reported = BY_RANK.find(({ type }) => types.has(type))?.status.name;
    const status = reported ?? ownStatus(email);
    return { address, status, ...(status === 'bounced' ? bounceOf(facts) : {}) };
  });
}

/** The rule for the whole: the first of `EMAIL_RANK` that any recipient has; `delivered` is what all must be. */
export function statusOf(email: Email): EmailStatus {
  const statuses = new Set(recipientStates(email).map(({ status }) => status));
  return EMAIL_RANK.find((status) => statuses.has(status)) ?? ownStatus(email);
}
