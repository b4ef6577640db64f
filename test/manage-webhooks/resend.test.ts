import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deliveryStore } from '../../lambdas/core/table/delivery-store.ts';
import type { Delivery } from '../../lambdas/core/webhook/delivery.ts';
import { startTable, type TestTable } from '../contracts/table-fixture.ts';
import { NOW } from '../core/email/fakes.ts';
import { aDelivery, DUE_LEASE, hex24, webhookWorld } from './webhook-world.ts';

let fixture: TestTable;
beforeAll(async () => {
  fixture = await startTable();
});
afterAll(() => fixture.stop());

const AT = new Date(NOW).toISOString();

describe('resending a delivery', () => {
  async function finished(changes: Partial<Delivery> = {}, deps = {}) {
    const world = webhookWorld(fixture.table, deps);
    const { id } = await world.create();
    const delivery = aDelivery({ account: world.account, endpoint: id, ...changes });
    await world.deliveries.put(delivery, undefined);
    return { ...world, id, delivery, path: { id, deliveryId: delivery.id } };
  }

  it('restarts its schedule under the same id, and keeps its attempts', async () => {
    const failed = { status: 'failed', tries: 10, reason: 'All 10 attempts failed.' } as const;
    const { live, path, delivery, sent } = await finished(failed);
    const answer = await live('resend', path);
    expect(answer).toMatchObject({
      status: 202,
      body: {
        id: delivery.id,
        status: 'pending',
        reason: null,
        nextAttemptAt: AT,
        body: delivery.body,
        attempts: delivery.attempts,
      },
    });
    const found = { status: 'pending', tries: 0, nextAt: NOW, dueAt: NOW + DUE_LEASE };
    expect(sent).toMatchObject([{ id: delivery.id, delaySeconds: 0, found }]);
    expect(sent[0]?.found?.mark).not.toBe(delivery.mark);
    expect((await live('delivery', path)).text).toBe(answer.text);
  });

  it('looks again when somebody else wrote it meanwhile', async () => {
    const store = deliveryStore(fixture.table, 30);
    let races = 2;
    const deliveries = {
      ...store,
      async put(delivery: Delivery, seen: string | undefined) {
        if (seen !== undefined && races-- > 0) {
          await store.put({ ...delivery, tries: 7, mark: hex24() }, seen);
        }
        return store.put(delivery, seen);
      },
    };
    const { live, path, sent } = await finished({}, { deliveries });
    expect((await live('resend', path)).status).toBe(202);
    expect(sent).toMatchObject([{ found: { tries: 0, status: 'pending' } }]);
  });

  it('is a 409 when others never stop writing it', async () => {
    const store = deliveryStore(fixture.table, 30);
    const put = async (delivery: Delivery, seen: string | undefined) =>
      seen === undefined && store.put(delivery, seen);
    const { live, path, sent } = await finished({}, { deliveries: { ...store, put } });
    // The fixture's own store has written it; the function's never gets through.
    const answer = await live('resend', path);
    expect(answer).toMatchObject({ status: 409, body: { error: 'Conflict' } });
    expect(answer.body.message).toContain('Send the request again.');
    expect(sent).toEqual([]);
  });

  it('to a disabled endpoint is a 409 that says what to do', async () => {
    const { live, path, id, sent } = await finished();
    await live('change', { id }, { body: { status: 'disabled' } });
    const answer = await live('resend', path);
    expect(answer).toMatchObject({ status: 409, body: { error: 'Conflict' } });
    expect(answer.body.message).toContain('Enable it first');
    expect(sent).toEqual([]);
  });
});
