import { describe, expect, it } from '@jest/globals';
import { aDelivery, NOW } from '../../contracts/webhooks.ts';
import { answering, delivering, ENDPOINT, messages, REF } from './fake-delivering.ts';
import { SERVER, STEPS, TIMES } from './fake-world.ts';

const MINUTE = 60_000;
const { withEvent, bare } = messages();
const pending = (more = {}) => aDelivery(0, { ...REF, id: bare.id, ...more });
const disabled = { reason: 'Switched off by its owner.', at: new Date(NOW).toISOString() };

describe('a message without anything to try', () => {
  it('ends when its endpoint was deleted', async () => {
    const { handle, removeEndpoint, all } = delivering([]);
    removeEndpoint(REF);
    expect(await handle(withEvent)).toEqual({ kind: 'done', note: 'no endpoint' });
    expect(all()).toEqual([]);
  });

  it('ends a delivery whose endpoint was deleted as failed', async () => {
    const { handle, removeEndpoint, addDelivery, delivery } = delivering([]);
    removeEndpoint(REF);
    addDelivery(pending({ nextAt: NOW + MINUTE, dueAt: NOW + MINUTE }));
    expect((await handle(bare)).kind).toBe('done');
    const ended = delivery(bare);
    expect(ended).toMatchObject({ status: 'failed', reason: 'The endpoint was deleted.' });
    expect(ended).not.toHaveProperty('dueAt');
  });

  it.each(['succeeded', 'failed'] as const)('ends when its delivery has %s', async (status) => {
    const { handle, addDelivery } = delivering([]);
    addDelivery(pending({ status }));
    expect(await handle(withEvent)).toEqual({ kind: 'done', note: `already ${status}` });
  });

  it('ends when there is neither a delivery nor an event', async () => {
    expect(await delivering([]).handle(bare)).toEqual({ kind: 'done', note: 'no delivery' });
  });

  it('ends as failed, with the reason, when its endpoint is disabled', async () => {
    const { handle, addEndpoint, delivery } = delivering([]);
    addEndpoint({ ...ENDPOINT, disabled });
    expect((await handle(withEvent)).kind).toBe('done');
    const reason = 'The endpoint is disabled. Switched off by its owner.';
    expect(delivery(bare)).toMatchObject({ status: 'failed', reason, attempts: [] });
  });
});

describe('a delivery whose time has not come', () => {
  it.each([
    ['is left to the due index that holds it', MINUTE + 1, MINUTE + 1, 'done'],
    ['is hidden when its message may have come up early', MINUTE, MINUTE, 'retry'],
    ['is hidden when the sweeper has sent the message', 2 * MINUTE, 20 * MINUTE, 'retry'],
    ['is hidden when the message alone carries it', 5 * MINUTE, undefined, 'retry'],
  ])('%s', async (_, next, due, kind) => {
    const { handle, addDelivery, posts } = delivering([]);
    const where = due === undefined ? {} : { dueAt: NOW + due };
    addDelivery(pending({ nextAt: NOW + next, ...where }));
    const verdict = await handle(bare);
    expect(verdict.kind).toBe(kind);
    if (verdict.kind === 'retry') expect(verdict.after).toBe(next);
    expect(posts).toEqual([]);
  });
});

describe('a try', () => {
  it('that succeeds ends the delivery and its message', async () => {
    const { handle, delivery, posts, healthOf } = delivering([SERVER.ok]);
    const verdict = await handle(withEvent);
    const fields = { status: 200, durationMs: 40 };
    expect(verdict).toEqual({ kind: 'done', note: 'succeeded', fields });
    expect(posts).toMatchObject([{ url: ENDPOINT.url, body: withEvent.event.body }]);
    expect(posts[0]?.headers).toMatchObject({ 'webhook-id': withEvent.id });
    const at = new Date(NOW).toISOString();
    expect(delivery(bare)).toMatchObject({
      status: 'succeeded',
      tries: 1,
      emailId: withEvent.event.emailId,
      attempts: [{ at, durationMs: 40, status: 200, error: null, answer: 'ok' }],
    });
    expect(healthOf(REF).last).toBe('succeeded');
    expect(healthOf(REF).slots.filter(Boolean)).toEqual([]);
  });

  it.each([
    [answering(500), 'The server answered 500.'],
    [answering(302), 'The server answered 302; redirects are not followed.'],
    [SERVER.refused, 'The connection was refused.'],
    [SERVER.hanging, 'The server did not answer within 15 seconds.'],
    [answering(200, { error: 'Too slow.', timedOut: true }), 'Too slow.'],
    [{ ...SERVER.refused, error: null }, 'The server did not answer.'],
  ])('that fails is repeated after its step: %#', async (server, error) => {
    const { handle, delivery } = delivering([server]);
    const verdict = await handle(withEvent);
    expect(verdict).toMatchObject({ kind: 'retry', after: 5500 });
    expect(delivery(bare)).toMatchObject({ status: 'pending', tries: 1, nextAt: NOW + 5500 });
    expect(delivery(bare)?.attempts[0]?.error).toBe(error);
    expect(delivery(bare)).not.toHaveProperty('dueAt');
  });

  it('that fails before a long step leaves the delivery to the due index', async () => {
    const { handle, delivery, addDelivery } = delivering([SERVER.broken]);
    addDelivery(pending({ tries: 2 }));
    expect((await handle(bare)).kind).toBe('done');
    const at = NOW + Math.floor(1.1 * (STEPS[2] ?? 0));
    expect(delivery(bare)).toMatchObject({ status: 'pending', tries: 3, nextAt: at, dueAt: at });
  });

  it('that fails before a short step keeps the sweeper away until the message was up', async () => {
    const { handle, delivery, addDelivery } = delivering([SERVER.broken]);
    addDelivery(pending({ dueAt: NOW + 10 }));
    expect(await handle(bare)).toMatchObject({ kind: 'retry', after: 5500 });
    expect(delivery(bare)?.dueAt).toBe(NOW + 5500 + TIMES.dueLease);
  });

  it('that was the last one ends the delivery with the number of tries', async () => {
    const { handle, delivery, addDelivery } = delivering([SERVER.broken]);
    addDelivery(pending({ tries: 9, dueAt: NOW + 10 }));
    expect((await handle(bare)).kind).toBe('done');
    const reason = 'All 10 attempts failed. The last error: The server answered 500.';
    expect(delivery(bare)).toMatchObject({ status: 'failed', tries: 10, reason });
    expect(delivery(bare)).not.toHaveProperty('dueAt');
  });

  it('waits as long as Retry-After says', async () => {
    const { handle } = delivering([answering(429, { retryAt: NOW + 60_000 })]);
    expect(await handle(withEvent)).toMatchObject({ kind: 'retry', after: 60_000 });
  });

  it('keeps the latest twenty attempts, each with the answer', async () => {
    const { handle, delivery, addDelivery } = delivering([answering(500, { answer: 'Busy.' })]);
    const { at, ...attempt } = { at: '', durationMs: 1, status: 500, error: 'x', answer: null };
    const attempts = Array.from({ length: 20 }, (_, i) => ({ ...attempt, at: `${at}${i}` }));
    addDelivery(pending({ attempts }));
    await handle(bare);
    const kept = delivery(bare)?.attempts ?? [];
    expect(kept).toHaveLength(20);
    expect(kept[0]?.at).toBe('1');
    expect(kept[19]?.answer).toBe('Busy.');
  });

  it('signs with the secrets that are current, the newest first', async () => {
    const { handle, addEndpoint, posts } = delivering([SERVER.ok]);
    const createdAt = new Date(NOW).toISOString();
    const secrets = [
      { ciphertext: 'new', createdAt },
      { ciphertext: 'old', createdAt, until: new Date(NOW + 1).toISOString() },
      { ciphertext: 'gone', createdAt, until: new Date(NOW).toISOString() },
    ];
    addEndpoint({ ...ENDPOINT, secrets });
    await handle(withEvent);
    expect(posts[0]?.headers['webhook-signature']?.split(' ')).toHaveLength(2);
  });
});

describe('an endpoint is disabled', () => {
  it('by a 410, and the delivery fails', async () => {
    const { handle, endpoint, delivery, counts, notices } = delivering([answering(410)]);
    expect(await handle(withEvent)).toMatchObject({ kind: 'done', note: 'failed' });
    expect(endpoint(REF)?.disabled?.reason).toContain('410');
    expect(delivery(bare)).toMatchObject({ status: 'failed' });
    expect(delivery(bare)?.reason).toContain('410');
    expect(delivery(bare)?.attempts.at(-1)?.error).toBe(
      'The server answered 410, which means that it wants no more webhooks.',
    );
    expect(counts).toEqual(['EndpointsDisabled', 'WebhooksFailed']);
    expect(notices()).toEqual([
      expect.objectContaining({ kind: 'endpoint_disabled', about: ENDPOINT.id, at: NOW }),
    ]);
  });

  it('after five days of failures, with the day they began, and not a moment sooner', async () => {
    const { handle, endpoint, setHealth, time } = delivering([SERVER.broken, SERVER.refused]);
    const failingSince = NOW + 1 - TIMES.webhookGiveUp;
    setHealth(REF, { last: 'failed', failingSince, slots: [] });
    await handle(messages().withEvent);
    expect(endpoint(REF)?.disabled).toBeUndefined();
    time.now += 1;
    const last = messages();
    await handle({ ...last.withEvent });
    expect(endpoint(REF)?.disabled?.reason).toContain(new Date(failingSince).toISOString());
  });
});

describe('what may happen twice', () => {
  it('is tried again under the same id when the function died before it wrote', async () => {
    const { handle, posts, deps, delivery } = delivering([SERVER.ok, SERVER.ok]);
    const { put } = deps.deliveries;
    deps.deliveries.put = () => Promise.reject(new Error('The table is gone.'));
    await expect(handle(withEvent)).rejects.toThrow('The table is gone.');
    deps.deliveries.put = put;
    expect((await handle(withEvent)).kind).toBe('done');
    expect(posts.map(({ headers }) => headers['webhook-id'])).toEqual([bare.id, bare.id]);
    expect(delivery(bare)).toMatchObject({ status: 'succeeded', tries: 1 });
  });

  it('gives the slot back when the try comes to nothing on our side', async () => {
    const { handle, deps, healthOf, setHealth } = delivering([]);
    setHealth(REF, { last: 'failed', timeouts: 2, slots: [] });
    deps.vault.open = () => Promise.reject(new Error('No key.'));
    await expect(handle(withEvent)).rejects.toThrow('No key.');
    expect(healthOf(REF)).toMatchObject({ last: 'failed', timeouts: 2 });
    expect(healthOf(REF).slots.filter(Boolean)).toEqual([]);
  });

  it('ends in one state for two copies of a message; the loser looks again', async () => {
    const { handle, posts, delivery } = delivering([SERVER.ok, SERVER.broken]);
    const verdicts = await Promise.all([handle(withEvent), handle(withEvent)]);
    expect(posts).toHaveLength(2);
    expect(verdicts.map(({ kind }) => kind)).toEqual(['done', 'retry']);
    expect(verdicts[1]).toMatchObject({ after: 1000, note: 'failed, but changed meanwhile' });
    expect(delivery(bare)?.status).toBe('succeeded');
    expect(await handle(withEvent)).toEqual({ kind: 'done', note: 'already succeeded' });
  });

  it('looks again when somebody else wrote what it wanted to write', async () => {
    const { handle, deps, addEndpoint } = delivering([]);
    addEndpoint({ ...ENDPOINT, disabled });
    deps.deliveries.put = async () => false;
    expect(await handle(withEvent)).toMatchObject({ kind: 'retry', after: 1000 });
  });
});
