import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Delivery } from '../../lambdas/core/webhook/delivery.ts';
import { startTable, type TestTable } from '../contracts/table-fixture.ts';
import { NOW } from '../core/email/fakes.ts';
import { aDelivery, hex24, webhookWorld } from './webhook-world.ts';

let fixture: TestTable;
beforeAll(async () => {
  fixture = await startTable();
});
afterAll(() => fixture.stop());

const AT = new Date(NOW).toISOString();

describe('the deliveries of an endpoint', () => {
  async function filled(count: number, changes: (index: number) => Partial<Delivery>) {
    const world = webhookWorld(fixture.table);
    const { id } = await world.create();
    const made = Array.from({ length: count }, (_, i) =>
      aDelivery({
        account: world.account,
        endpoint: id,
        id: `msg_${(NOW + i).toString(36).padStart(9, '0')}_${hex24()}`,
        ...changes(i),
      }),
    );
    for (const each of made) await world.deliveries.put(each, undefined);
    const newestFirst = made.map((each) => each.id).reverse();
    const list = (query: Record<string, string> = {}) =>
      world.live('deliveries', { id }, { query });
    const pages = async (query: Record<string, string>) => {
      const seen: { id: string }[] = [];
      let cursor: string | null = null;
      do {
        const { body } = await list({ ...query, ...(cursor ? { cursor } : {}) });
        seen.push(...body.data);
        cursor = body.nextCursor;
      } while (cursor !== null);
      return seen.map((each) => each.id);
    };
    return { ...world, id, made, newestFirst, list, pages };
  }

  it('come newest first, in pages that the cursor joins', async () => {
    const { list, pages, newestFirst } = await filled(45, () => ({}));
    expect((await list()).body.data).toHaveLength(20);
    expect(await pages({})).toEqual(newestFirst);
    expect(await pages({ limit: '7' })).toEqual(newestFirst);
    expect(await pages({ limit: '100' })).toEqual(newestFirst);
  });

  it('are filtered by status, over pages', async () => {
    const { pages, made } = await filled(30, (i) => ({ status: i % 10 ? 'succeeded' : 'failed' }));
    const failed = made.filter((each) => each.status === 'failed').map((each) => each.id);
    expect(await pages({ status: 'failed', limit: '2' })).toEqual(failed.reverse());
    expect(await pages({ status: 'pending' })).toEqual([]);
  });

  it('with long answers come in shorter pages, which Lambda can hand back', async () => {
    const answer = '<p class="error">'.repeat(240);
    const attempts = Array.from({ length: 20 }, () => ({
      at: AT,
      durationMs: 1,
      status: 500,
      error: 'The server answered 500.',
      answer,
    }));
    const { list, pages, newestFirst } = await filled(60, () => ({ attempts }));
    const { text, body } = await list({ limit: '100' });
    expect(body.data.length).toBeLessThan(60);
    // Lambda's limit for an answer, in which the body is a string of JSON.
    expect(Buffer.byteLength(JSON.stringify(text))).toBeLessThan(6 * 1024 * 1024);
    expect(await pages({ limit: '100' })).toEqual(newestFirst);
  });

  it('show every try, and how it goes on', async () => {
    const nextAt = NOW + 300_000;
    const attempt = { at: AT, durationMs: 15_000, status: null, error: 'No answer.', answer: null };
    const { live, id, made } = await filled(2, (i) =>
      i === 0
        ? { status: 'pending', nextAt, dueAt: nextAt, attempts: [attempt] }
        : { status: 'failed', reason: 'The endpoint was deleted.', nextAt },
    );
    const show = async (at: number) =>
      (await live('delivery', { id, deliveryId: made[at]?.id ?? '' })).body;
    expect(await show(0)).toEqual({
      id: made[0]?.id,
      event: 'email.delivered',
      environment: 'live',
      emailId: 'e'.repeat(24),
      status: 'pending',
      reason: null,
      createdAt: AT,
      nextAttemptAt: new Date(nextAt).toISOString(),
      body: '{"event":"email.delivered"}',
      attempts: [attempt],
    });
    const ended = { status: 'failed', reason: 'The endpoint was deleted.', nextAttemptAt: null };
    expect(await show(1)).toMatchObject(ended);
  });

  it.each<[Record<string, string>, string]>([
    [{ limit: '0' }, "The 'limit' field must be at least 1."],
    [{ limit: '101' }, "The 'limit' field must be at most 100."],
    [{ status: 'gone' }, "The 'status' field must be one of pending, succeeded, failed."],
    [{ cursor: 'x' }, "The 'cursor' does not belong to this list."],
    [{ Status: 'failed' }, "The 'Status' field is not known: did you mean 'status'?"],
  ])('refuse %j', async (query, message) => {
    const { list } = await filled(0, () => ({}));
    const answer = await list(query);
    expect(answer).toMatchObject({ status: 400, body: { error: 'Validation failed' } });
    expect(answer.body.message).toContain(message);
  });

  it('refuse the cursor of another endpoint, and of another filter', async () => {
    const { live, list, create } = await filled(3, () => ({}));
    const { nextCursor: cursor } = (await list({ limit: '1' })).body;
    const other = await create();
    const foreign = await live('deliveries', { id: other.id }, { query: { cursor } });
    expect(foreign.status).toBe(400);
    expect((await list({ cursor, status: 'failed' })).status).toBe(400);
    expect((await list({ cursor, limit: '50' })).body.data).toHaveLength(2);
  });
});
