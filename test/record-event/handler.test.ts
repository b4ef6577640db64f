import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reportFailure } from '../../lambdas/core/email/give-up.ts';
import { simulatedEvents } from '../../lambdas/core/email/simulation.ts';
import { emailDelivery } from '../../lambdas/core/table/email-store.ts';
import { createHandler } from '../../lambdas/record-event/handler.ts';
import { NOW } from '../core/email/fakes.ts';
import { at, type RawEvent } from '../core/email/ses-events.ts';
import { batchOf } from '../core/queue/fake-batch.ts';
import { type EventOf, openWorld, type Scene, type World } from './world.ts';

const ADA = 'ada@example.org';
const send: EventOf = (ses) => ses.send();
const bounce: EventOf = (ses) => ses.bounce([ADA]);

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.stop());

async function reached(scene: Scene) {
  const { view, suppressions, webhooks } = await scene.outcome();
  const events = (webhooks as [string, string[]][]).flatMap(([, said]) =>
    said.map((each) => {
      const [endpoint, event] = JSON.parse(each);
      return `${event.type} ${endpoint[0]}`;
    }),
  );
  const status = (view as { status?: string } | undefined)?.status;
  return { status, suppressions: suppressions as object[], events: events.sort() };
}
const outcomes = ({ lines }: Scene) => lines.map(({ fields }) => fields.outcome);

describe('an event of SES', () => {
  it('becomes state, a suppression and webhooks for those who want it', async () => {
    const scene = await world.open();
    expect(await scene.record(send, bounce)).toBe(0);
    expect(await reached(scene)).toEqual({
      status: 'bounced',
      suppressions: [
        {
          address: ADA,
          reason: 'bounced',
          detail: 'General',
          emailId: scene.email.id,
          createdAt: at(4),
          expiresAt: null,
        },
      ],
      events: ['email.bounced 1', 'email.bounced 2', 'email.sent 1'],
    });
    expect(outcomes(scene)).toEqual(['recorded', 'recorded']);
    expect([...scene.counts, ...scene.parked]).toEqual([]);
  });

  it('about test mail reaches endpoints for test only, and suppresses nobody', async () => {
    const scene = await world.open({
      changes: { environment: 'test', to: 'complained@example.org' },
    });
    const events = simulatedEvents(scene.email, 1).map(
      ({ event }) =>
        () =>
          event as RawEvent,
    );
    expect(await scene.record(...events)).toBe(0);
    expect(await reached(scene)).toEqual({
      status: 'complained',
      suppressions: [],
      events: ['email.complained 3', 'email.delivered 3', 'email.sent 3'],
    });
  });

  it('writes no state again, but does every effect again', async () => {
    const scene = await world.open();
    await scene.record(bounce);
    const before = await scene.outcome();
    const done: string[] = [];
    const { suppressions, webhooks, emails } = scene.deps;
    const handler = createHandler({
      ...scene.deps,
      emails: {
        find: emails.find,
        addFacts: () => Promise.reject(new Error('There is nothing new to write.')),
      },
      suppressions: {
        async add(account, suppression) {
          done.push(suppression.address);
          await suppressions.add(account, suppression);
        },
      },
      webhooks: {
        async send(messages) {
          done.push(`${messages.length} webhooks`);
          await webhooks.send(messages);
        },
      },
    });
    expect(await handler(batchOf(bounce(scene.ses)))).toEqual({ batchItemFailures: [] });
    expect(done).toEqual([ADA, '2 webhooks']);
    expect(await scene.outcome()).toEqual(before);
  });

  it.each<[string, (scene: Scene) => Scene['deps']]>([
    ['suppressions', ({ deps }) => ({ ...deps, suppressions: { add: fail } })],
    ['endpoints', ({ deps }) => ({ ...deps, endpoints: { list: fail } })],
    ['webhooks', ({ deps }) => ({ ...deps, webhooks: { send: fail } })],
    ['facts', ({ deps }) => ({ ...deps, emails: { ...deps.emails, addFacts: fail } })],
    ['dead-letter queue', ({ deps }) => ({ ...deps, park: fail })],
  ])(
    'comes again when the %s could not be written, and then leads to the same',
    async (_, broken) => {
      const both: EventOf = (ses) => ses.bounce([ADA, 'who@example.net']);
      const reference = await world.open();
      await reference.record(both);
      const scene = await world.open();
      const batch = batchOf(both(scene.ses));
      const answer = await createHandler(broken(scene))(batch);
      expect(answer.batchItemFailures).toEqual([{ itemIdentifier: 'm0' }]);
      expect(await scene.record(both)).toBe(0);
      expect(await scene.outcome()).toEqual(await reference.outcome());
    },
  );

  it('about an address that the email does not have suppresses it, and becomes a dead letter', async () => {
    const scene = await world.open();
    const both: EventOf = (ses) => ses.bounce(['Who@Example.net', ADA]);
    expect(await scene.record(both)).toBe(0);
    const { status, suppressions } = await reached(scene);
    expect(status).toBe('bounced');
    expect(suppressions).toMatchObject([{ address: ADA }, { address: 'who@example.net' }]);
    expect(scene.parked).toEqual(['unknown_recipient']);
    expect(scene.counts).toEqual(['UnknownRecipients']);
  });

  it('that says nothing to any endpoint does not look for endpoints', async () => {
    const scene = await world.open();
    const handler = createHandler({ ...scene.deps, endpoints: { list: fail } });
    const batch = batchOf(scene.ses.delivery(['who@example.net']));
    expect(await handler(batch)).toEqual({ batchItemFailures: [] });
    expect(scene.parked).toEqual(['unknown_recipient']);
  });

  it('that cannot be read becomes a dead letter and is counted, but the announcement of SES does not', async () => {
    const scene = await world.open();
    const sentence = 'Successfully validated SNS topic for Amazon SES event publishing.';
    const open: EventOf = (ses) => ({ ...ses.send(), eventType: 'Open' });
    expect(
      await scene.record(
        () => 'text',
        open,
        () => `${sentence}\n`,
      ),
    ).toBe(0);
    expect(scene.parked).toEqual(['unreadable_event', 'unreadable_event']);
    expect(scene.counts).toEqual(['UnreadableEvents', 'UnreadableEvents']);
  });
});

describe('an event that overtakes the deliverer', () => {
  it('settles the attempt: the mail is sent, whatever the deliverer never learned', async () => {
    const scene = await world.open();
    const delivery = emailDelivery(world.table);
    const claim = { owner: 'one', leaseUntil: NOW + 1, attempt: 1, unanswered: 0 };
    expect(await delivery.claim(scene.email, claim, NOW)).toBe(true);
    expect((await reached(scene)).status).toBe('sending');
    await scene.record(send);
    expect((await reached(scene)).status).toBe('sent');
    const read = await delivery.find(scene.email.account, scene.email.id);
    if (!read) throw new Error('The record is gone.');
    const again = { ...claim, owner: 'two', attempt: 2, leaseUntil: NOW + 9 };
    expect(await delivery.claim(read, again, NOW + 5)).toBe(false);
  });

  it('is found by its tags, and the late answer changes nothing', async () => {
    const scene = await world.open();
    await scene.record((ses) => ses.delivery([ADA]));
    const before = (await reached(scene)).status;
    await emailDelivery(world.table).markTaken(scene.email, at(9));
    expect([before, (await reached(scene)).status]).toEqual(['delivered', 'delivered']);
  });
});

describe('an email that we gave up', () => {
  const failure = { code: 'expired', message: 'Too late.' };

  async function gaveUp() {
    const scene = await world.open({ changes: { to: [ADA, 'bob@example.org'] } });
    await emailDelivery(world.table).fail(scene.email, 'one', failure, at(7));
    const events: RawEvent[] = [];
    await reportFailure(scene.email, {
      report: async (event) => void events.push(event as RawEvent),
    });
    return { scene, event: (): RawEvent => events[0] as RawEvent };
  }

  it('is told to those who want it, once for each recipient, however often it is reported', async () => {
    const { scene, event } = await gaveUp();
    expect(await scene.record(event, event)).toBe(0);
    const { status, events } = await reached(scene);
    expect(status).toBe('failed');
    expect(events).toEqual(['email.failed 1', 'email.failed 1']);
    expect(outcomes(scene)).toEqual(['reported as failed', 'reported as failed']);
    const { webhooks } = await scene.outcome();
    expect(JSON.stringify(webhooks)).toContain('Too late.');
  });

  it('is not told when SES had the mail after all', async () => {
    const { scene, event } = await gaveUp();
    await scene.record((ses) => ses.delivery([ADA]));
    await scene.record(event);
    const { events } = await reached(scene);
    expect(events).toEqual(['email.delivered 1', 'email.delivered 2']);
    expect(outcomes(scene)).toEqual(['recorded', 'not failed any more']);
  });

  it('and whose record has expired is counted as late', async () => {
    const scene = await world.open({ kept: null });
    await scene.record((ses) => ({ ...ses.send(), eventType: 'Gave Up' }));
    expect(scene.counts).toEqual(['LateEvents']);
  });
});

const fail = () => Promise.reject(new Error('Not now.'));
