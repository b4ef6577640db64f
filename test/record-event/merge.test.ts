import { expect, it } from '@jest/globals';
import { parse } from 'valibot';
import type { Fact } from '../../lambdas/core/email/email.ts';
import { encodeFact, newFacts } from '../../lambdas/core/email/fact.ts';
import { factsOf } from '../../lambdas/core/email/feedback.ts';
import { sesEventSchema } from '../../lambdas/core/email/ses-event.ts';
import { emailView } from '../../lambdas/core/email/view.ts';
import { anEmail } from '../core/email/fakes.ts';
import { sesEvents } from '../core/email/ses-events.ts';
import { SIZES } from '../proof/sizes.ts';
import { timesEach } from './sequences.ts';

const EMAIL = anEmail({ to: ['ada@example.org', 'bob@example.org'] });
const ses = sesEvents(EMAIL);
const EVENTS = [
  ses.send(),
  ses.delivery(['ada@example.org', 'bob@example.org']),
  ses.bounce(['bob@example.org'], { type: 'Transient' }),
  ses.complaint(['ada@example.org']),
].map((event) => factsOf(parse(sesEventSchema, event), EMAIL).facts);

type Facts = readonly Fact[];

/** Merges the events in every order in which each comes so many times; orders share their beginnings. */
function mergeInEveryOrder(known: Facts, left: readonly number[], end: (all: Facts) => void): void {
  if (left.every((times) => times === 0)) {
    end(known);
    return;
  }
  EVENTS.forEach((facts, i) => {
    if (left[i] === 0) return;
    const merged = [...known, ...newFacts({ ...EMAIL, facts: known }, facts)];
    const rest = left.map((times, j) => (j === i ? times - 1 : times));
    mergeInEveryOrder(merged, rest, end);
  });
}

const MOST_TIMES = SIZES.events.mostTimes;
/** How many orders there are when each of four events comes up to so many times. */
const ORDERS: Readonly<Record<number, number>> = { 2: 6_384, 3: 1_087_104 };

it(`the merge ends in one view for all orders of four events, each one to ${MOST_TIMES} times`, () => {
  const viewOf = (facts: Facts) => JSON.stringify(emailView({ ...EMAIL, taken: true, facts }));
  const keys = new Map<Fact, string>();
  const keyOf = (fact: Fact) => keys.get(fact) ?? keys.set(fact, encodeFact(fact)).get(fact);
  // A view follows from its list of facts alone, so it is made once for each different list.
  const views = new Map<string, string>();
  let orders = 0;
  for (const times of timesEach(EVENTS.length, MOST_TIMES)) {
    mergeInEveryOrder([], times, (all) => {
      orders += 1;
      const list = all.map(keyOf).join();
      if (!views.has(list)) views.set(list, viewOf(all));
    });
  }
  expect(orders).toBe(ORDERS[MOST_TIMES]);
  expect(new Set(views.values())).toEqual(new Set([viewOf(EVENTS.flat())]));
  console.log(`${orders} orders, ${views.size} different lists of facts, one view.`);
});
