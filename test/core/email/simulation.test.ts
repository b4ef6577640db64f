import { describe, expect, it } from '@jest/globals';
import { parse } from 'valibot';
import { simulatedSender } from '../../../lambdas/core/aws/simulated-sender.ts';
import { factsOf } from '../../../lambdas/core/email/feedback.ts';
import { emailOf, sesEventSchema } from '../../../lambdas/core/email/ses-event.ts';
import { simulatedEvents } from '../../../lambdas/core/email/simulation.ts';
import { statusOf } from '../../../lambdas/core/email/status.ts';
import { ACCOUNT, anEmail, EMAIL, NONCE } from './fakes.ts';
import { at } from './ses-events.ts';

const to = (address: string) => anEmail({ environment: 'test', to: address });
const said = (email = to('ada@example.org'), attempt = 1) =>
  simulatedEvents(email, attempt).map(({ event, delaySeconds }) => {
    const read = parse(sesEventSchema, event);
    const { facts } = factsOf(read, email);
    return { type: read.eventType, facts, delaySeconds, about: emailOf(read) };
  });

describe("a test mail's simulated events", () => {
  it.each([
    ['ada@example.org', ['Send 0', 'Delivery 0'], 'delivered'],
    ['bounced@example.org', ['Send 0', 'Bounce 0'], 'bounced'],
    ['Bounced+1@example.org', ['Send 0', 'Bounce 0'], 'bounced'],
    ['bouncedly@example.org', ['Send 0', 'Delivery 0'], 'delivered'],
    ['complained@example.org', ['Send 0', 'Delivery 0', 'Complaint 0'], 'complained'],
    ['delayed+x@example.org', ['Send 0', 'DeliveryDelay 0', 'Delivery 30'], 'delivered'],
  ])('to %s are %j, and lead to %s', (address, types, status) => {
    const events = said(to(address));
    expect(events.map(({ type, delaySeconds }) => `${type} ${delaySeconds}`)).toEqual(types);
    const facts = events.flatMap((event) => event.facts);
    expect(statusOf({ ...to(address), taken: true, facts })).toBe(status);
    expect(events[0]?.about).toEqual({ account: ACCOUNT, id: EMAIL, nonce: NONCE });
  });

  it('come for each recipient on its own', () => {
    const email = anEmail({ to: ['ada@example.org'], cc: ['bounced@example.org'] });
    expect(said(email).flatMap(({ facts }) => facts)).toEqual([
      { type: 'sent', at: at(0) },
      { type: 'delivered', recipient: 0, at: at(0.1) },
      expect.objectContaining({ type: 'bounced', recipient: 1, bounceType: 'Permanent' }),
    ]);
  });

  it('have the time at which the delayed delivery is seen', () => {
    const [, delay, delivery] = said(to('delayed@example.org')).flatMap(({ facts }) => facts);
    expect([delay?.at, delivery?.at]).toEqual([at(0.1), at(30.1)]);
  });

  it('are the same facts when they are made again', () => {
    const facts = (attempt: number) =>
      said(to('complained@x.example'), attempt).map((e) => e.facts);
    expect(facts(2)).toEqual(facts(1));
  });

  it('are put instead of a call of SES, each with its delay', async () => {
    const put: [object, number | undefined][] = [];
    const sender = simulatedSender(async (event, delay) => void put.push([event, delay]));
    const email = to('delayed@example.org');
    expect(await sender.send(email, {}, 1)).toEqual({ kind: 'accepted' });
    expect(put).toEqual(simulatedEvents(email, 1).map((each) => [each.event, each.delaySeconds]));
    sender.close();
  });
});
