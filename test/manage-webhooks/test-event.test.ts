import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTable, type TestTable } from '../contracts/table-fixture.ts';
import { NOW } from '../core/email/fakes.ts';
import { DUE_LEASE, webhookWorld } from './webhook-world.ts';

let fixture: TestTable;
beforeAll(async () => {
  fixture = await startTable();
});
afterAll(() => fixture.stop());

const AT = new Date(NOW).toISOString();

describe('a test event', () => {
  const emailId = '0'.repeat(24);
  const common = { emailId, to: 'ada@example.com', from: 'shop@example.com' };
  const subject = 'A test of this webhook';

  it.each<[string, object]>([
    ['email.sent', { ...common, subject, timestamp: AT }],
    ['email.delivered', { ...common, subject, timestamp: AT }],
    ['email.complained', { ...common, subject, timestamp: AT }],
    [
      'email.bounced',
      { emailId, to: common.to, bounceType: 'Permanent', bounceSubType: 'General', timestamp: AT },
    ],
    [
      'email.delivery_delayed',
      { ...common, subject, timestamp: AT, delayType: 'TransientCommunicationFailure' },
    ],
    [
      'email.failed',
      {
        ...common,
        subject,
        timestamp: AT,
        failure: {
          code: 'rejected',
          message: 'Amazon SES took the mail and then did not send it: Bad content',
        },
      },
    ],
  ])('%s has exactly the body of a real one', async (event, body) => {
    const { live, create } = webhookWorld(fixture.table);
    const { id } = await create({ events: ['email.sent'] });
    const answer = await live('test', { id }, { body: { event } });
    expect(answer.status).toBe(202);
    expect(answer.body.body).toBe(JSON.stringify({ event, ...body }));
  });

  it('is email.delivered where none is chosen, is stored before it is queued, and can be found', async () => {
    const { live, create, sent } = webhookWorld(fixture.table);
    const { id } = await create({ environment: 'test' });
    for (const body of [undefined, {}, { event: null }]) {
      const answer = await live('test', { id }, body ? { body } : {});
      expect(answer).toMatchObject({
        status: 202,
        body: {
          event: 'email.delivered',
          environment: 'test',
          emailId: null,
          status: 'pending',
          reason: null,
          createdAt: AT,
          nextAttemptAt: AT,
          attempts: [],
        },
      });
      const deliveryId = answer.body.id;
      expect((await live('delivery', { id, deliveryId })).text).toBe(answer.text);
      const stored = { id: deliveryId, tries: 0, nextAt: NOW, dueAt: NOW + DUE_LEASE };
      expect(sent.at(-1)).toMatchObject({ id: deliveryId, delaySeconds: 0, found: stored });
    }
    expect(new Set(sent.map((each) => each.id)).size).toBe(3);
  });

  it('is stored for the sweeper when its message cannot be sent', async () => {
    const queue = {
      send: async () => {
        throw new Error('The queue is down.');
      },
    };
    const { live, create, deliveries, account } = webhookWorld(fixture.table, { queue });
    const { id } = await create();
    expect((await live('test', { id })).status).toBe(500);
    const { entries: stored } = await deliveries.list({ account, endpoint: id }, { limit: 9 });
    expect(stored).toMatchObject([{ status: 'pending', dueAt: NOW + DUE_LEASE }]);
  });

  it('for a disabled endpoint is a 409 that says what to do', async () => {
    const { live, create, sent } = webhookWorld(fixture.table);
    const { id } = await create();
    await live('change', { id }, { body: { status: 'disabled' } });
    const answer = await live('test', { id });
    expect(answer).toMatchObject({ status: 409, body: { error: 'Conflict' } });
    expect(answer.body.message).toContain('It was disabled by request. Enable it first');
    expect(sent).toEqual([]);
  });

  it('of an unknown kind is a 400', async () => {
    const { live, create } = webhookWorld(fixture.table);
    const { id } = await create();
    for (const [body, message] of [
      [{ event: 'email.opened' }, "The 'event' field must be one of email.sent"],
      [{ events: 'x' }, "The 'events' field is not known: did you mean 'event'?"],
    ] as const) {
      const answer = await live('test', { id }, { body });
      expect(answer).toMatchObject({ status: 400, body: { error: 'Validation failed' } });
      expect(answer.body.message).toContain(message);
    }
  });
});
