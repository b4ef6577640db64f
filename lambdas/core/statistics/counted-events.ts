import type { Email, Fact } from '../email/email.ts';
import { recipientsOf } from '../email/send-request.ts';
import { COUNTED, type CountedEvent, type CountedKind } from './statistics.ts';

const isCounted = (type: Fact['type']): type is CountedKind =>
  (COUNTED as readonly string[]).includes(type);

/** The recipients that a fact is about, by index. */
function aboutWhom(fact: Fact, recipients: number): number[] {
  return fact.recipient === undefined
    ? Array.from({ length: recipients }, (_, index) => index)
    : [fact.recipient];
}

/** SES's time, but neither before the mail was accepted nor in the future: a wrong clock cannot make up days. */
function dayOf({ at }: Fact, email: Email, now: number): string {
  const latest = new Date(now).toISOString();
  const notLater = at > latest ? latest : at;
  return (notLater < email.createdAt ? email.createdAt : notLater).slice(0, 'yyyy-mm-dd'.length);
}

/**
 * What happened for the first time to each recipient: a second bounce of the same one is no second bounced
 * recipient.
 *
 * @param before the record's facts right before `added` were written
 * @param now epoch milliseconds
 */
export function countedEventsOf(
  email: Email,
  before: readonly Fact[],
  added: readonly Fact[],
  now: number,
): CountedEvent[] {
  const { account, environment } = email;
  const recipients = recipientsOf(email).length;
  const marksOf = (fact: Fact) =>
    aboutWhom(fact, recipients).map((index) => `${fact.type} ${index}`);
  const known = new Set(before.flatMap(marksOf));
  return added.flatMap((fact) => {
    if (!isCounted(fact.type)) return [];
    const first = marksOf(fact).filter((mark) => !known.has(mark));
    for (const mark of first) known.add(mark);
    const day = dayOf(fact, email, now);
    const countedEvent = { account, environment, day, kind: fact.type, recipients: first.length };
    return first.length > 0 ? [countedEvent] : [];
  });
}
