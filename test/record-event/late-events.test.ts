import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHandler } from '../../lambdas/record-event/handler.ts';
import { at } from '../core/email/ses-events.ts';
import { batchOf } from '../core/queue/fake-batch.ts';
import { type EventOf, openWorld, type Setting, type World } from './world.ts';

const ADA = 'ada@example.org';
const send: EventOf = (ses) => ses.send();
const bounce: EventOf = (ses) => ses.bounce([ADA]);

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.stop());

describe('a late event', () => {
  it.each<[string, Setting]>([
    ['has expired', { kept: null }],
    ["is another accept's", { kept: { nonce: '2'.repeat(24) } }],
  ])('whose record %s is counted, and still suppresses', async (_, setting) => {
    const scene = await world.open(setting);
    const before = (await scene.outcome()).view;
    expect(await scene.record(send, bounce, (ses) => ses.complaint(['eve@example.org']))).toBe(0);
    const { view, suppressions, webhooks } = await scene.outcome();
    expect(suppressions).toMatchObject([{ address: ADA }, { address: 'eve@example.org' }]);
    expect([view, webhooks]).toEqual([before, []]);
    expect(scene.counts).toEqual(['LateEvents', 'LateEvents', 'LateEvents']);
    expect(scene.parked).toEqual([]);
  });

  it('about test mail suppresses nobody', async () => {
    const scene = await world.open({ changes: { environment: 'test' }, kept: null });
    await scene.record(bounce);
    expect((await scene.outcome()).suppressions).toEqual([]);
    expect(scene.counts).toEqual(['LateEvents']);
  });

  it('without any time happened when its message was sent', async () => {
    const scene = await world.open({ kept: null });
    await scene.record(({ bounce: bounceOf }) => {
      const event = bounceOf([ADA]);
      const { tags } = event.mail;
      return { ...event, mail: { tags }, bounce: { ...(event.bounce as object), timestamp: 0 } };
    });
    expect((await scene.outcome()).suppressions).toMatchObject([{ createdAt: at(5) }]);
  });

  it('whose record expires meanwhile is counted', async () => {
    const scene = await world.open({ kept: null });
    const emails = { ...scene.deps.emails, find: async () => scene.email };
    const handler = createHandler({ ...scene.deps, emails });
    expect(await handler(batchOf(send(scene.ses)))).toEqual({ batchItemFailures: [] });
    expect(scene.counts).toEqual(['LateEvents']);
  });
});
