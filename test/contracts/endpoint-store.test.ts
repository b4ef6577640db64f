import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endpointStore } from '../../lambdas/core/table/endpoint-store.ts';
import { healthStore } from '../../lambdas/core/table/health-store.ts';
import { keys } from '../../lambdas/core/table/keys.ts';
import type { EndpointStore } from '../../lambdas/core/webhook/endpoint.ts';
import type { HealthStore } from '../../lambdas/core/webhook/health.ts';
import { atOnce, startTable, type TestTable } from './table-fixture.ts';
import { anEndpoint, aRef, at, hex24, NOW, refOf } from './webhooks.ts';

let fixture: TestTable;
let store: EndpointStore;
let health: HealthStore;
beforeAll(async () => {
  fixture = await startTable();
  store = endpointStore(fixture.table);
  health = healthStore(fixture.table);
});
afterAll(() => fixture.stop());

const SLOT = { owner: hex24(), since: NOW, until: NOW + 30_000 };
const FAILING = { last: 'failed', timeouts: 2, failingSince: NOW, openUntil: NOW + 1 } as const;

async function stored(more: Parameters<typeof anEndpoint>[0] = {}) {
  const endpoint = anEndpoint(more);
  await store.create(endpoint);
  return endpoint;
}

describe('an endpoint', () => {
  it('is found as it was given, with all that may be absent or without', async () => {
    const plain = await stored();
    const full = await stored({
      description: 'Orders',
      disabled: { reason: 'It answered 410.', at: at(1) },
      secrets: [
        { ciphertext: 'bmV3', createdAt: at(1) },
        { ciphertext: 'b2xk', createdAt: at(0), until: at(86_400) },
      ],
    });
    expect(await store.find(refOf(plain))).toEqual(plain);
    expect(await store.find(refOf(full))).toEqual(full);
  });

  it('is its account’s own: with another account its id finds, changes and removes nothing', async () => {
    const endpoint = await stored();
    const foreign = { account: hex24(), endpoint: endpoint.id };
    expect(await store.find(foreign)).toBeUndefined();
    expect(await store.list(foreign.account)).toEqual([]);
    expect(await store.update(foreign, { url: 'https://evil.example' })).toBeUndefined();
    expect(await store.remove(foreign)).toBe(false);
    expect(await store.find(refOf(endpoint))).toEqual(endpoint);
    expect(await store.find(foreign)).toBeUndefined();
  });

  it('is not created again by a creation that comes twice', async () => {
    const endpoint = await stored();
    await store.update(refOf(endpoint), { description: 'Changed meanwhile' });
    await store.create(endpoint);
    expect((await store.find(refOf(endpoint)))?.description).toBe('Changed meanwhile');
  });

  it('lies in a partition that deliver-webhook may reach', () => {
    const ref = aRef();
    const delivery = { ...ref, id: 'msg_000000000_0' };
    const reached = [keys.endpoint(ref), keys.delivery(delivery), keys.health(ref), keys.lanes()];
    expect(reached.filter(({ pk }) => !pk.startsWith('webhook#'))).toEqual([]);
  });
});

describe('the endpoints of an account', () => {
  it('are listed oldest first, each as it is, and those of no other account', async () => {
    const account = hex24();
    const endpoints = Array.from({ length: 10 }, (_, i) =>
      anEndpoint({ account, createdAt: at(i), description: `Number ${i}` }),
    );
    await atOnce(10, (i) => store.create(endpoints[9 - i] ?? anEndpoint()));
    await stored();
    expect(await store.list(account)).toEqual(endpoints);
  });

  it('are all listed, however many and however large', async () => {
    const account = hex24();
    await atOnce(120, (i) => store.create(anEndpoint({ account, createdAt: at(i) })));
    const listed = await store.list(account);
    expect(listed.map(({ createdAt }) => createdAt)).toEqual(
      Array.from({ length: 120 }, (_, i) => at(i)),
    );
  });

  it('do not include what is kept about each of them', async () => {
    const endpoint = await stored();
    await health.takeSlot(refOf(endpoint), 0, SLOT, NOW);
    expect(await store.list(endpoint.account)).toEqual([endpoint]);
  });
});

describe('changing an endpoint', () => {
  it('sets what is given, removes what is undefined, and answers with the new one', async () => {
    const endpoint = await stored({ description: 'Orders' });
    const url = 'https://new.example.com/';
    const changed = await store.update(refOf(endpoint), { url, description: undefined });
    const { description, ...rest } = endpoint;
    expect(changed).toEqual({ ...rest, url });
    expect(await store.find(refOf(endpoint))).toEqual(changed);
  });

  it('answers with the endpoint as it is when nothing changes', async () => {
    const endpoint = await stored();
    expect(await store.update(refOf(endpoint), {})).toEqual(endpoint);
  });

  it('makes no endpoint where there is none', async () => {
    const ref = aRef();
    expect(await store.update(ref, { url: 'https://new.example.com/' })).toBeUndefined();
    expect(await store.update(ref, { disabled: undefined })).toBeUndefined();
    expect(await store.update(ref, {})).toBeUndefined();
    expect(await store.find(ref)).toBeUndefined();
    expect(await health.find(ref)).toEqual({ slots: [undefined, undefined, undefined] });
  });

  it('forgets when it is enabled how it had failed, but not what is under way', async () => {
    const endpoint = await stored({ disabled: { reason: 'It only failed.', at: at(1) } });
    const ref = refOf(endpoint);
    await health.takeSlot(ref, 0, SLOT, NOW);
    await health.takeSlot(ref, 1, { ...SLOT, owner: hex24() }, NOW);
    await health.giveBack(ref, 0, SLOT.owner, FAILING);
    const before = await health.find(ref);
    const { disabled, ...enabled } = endpoint;
    expect(await store.update(ref, { disabled: undefined })).toEqual(enabled);
    expect(before.last).toBe('failed');
    expect(await health.find(ref)).toEqual({ slots: before.slots });
  });

  it('keeps its health when it is disabled or otherwise changed', async () => {
    const endpoint = await stored();
    const ref = refOf(endpoint);
    await health.takeSlot(ref, 0, SLOT, NOW);
    await health.giveBack(ref, 0, SLOT.owner, FAILING);
    await store.update(ref, { disabled: { reason: 'It only failed.', at: at(1) } });
    await store.update(ref, { events: ['email.failed'] });
    expect(await health.find(ref)).toMatchObject(FAILING);
  });
});

describe('disabling an endpoint that fails', () => {
  const why = (n: number) => ({ reason: `It failed ${n} times.`, at: '2026-11-23T12:00:00.000Z' });

  it('leaves the first of several reasons, and tells everyone which', async () => {
    const endpoint = anEndpoint();
    await store.create(endpoint);
    const stand = await atOnce(5, (i) => store.disable(refOf(endpoint), why(i)));
    expect(new Set(stand.map((each) => each?.reason)).size).toBe(1);
    expect((await store.find(refOf(endpoint)))?.disabled).toEqual(stand[0]);
  });

  it('makes none where there is none', async () => {
    expect(await store.disable(aRef(), why(1))).toBeUndefined();
  });
});

describe('removing an endpoint', () => {
  it('takes it and its health away, once', async () => {
    const endpoint = await stored();
    const ref = refOf(endpoint);
    await health.takeSlot(ref, 0, SLOT, NOW);
    expect(await store.remove(ref)).toBe(true);
    expect(await store.find(ref)).toBeUndefined();
    expect(await store.list(endpoint.account)).toEqual([]);
    expect((await health.find(ref)).slots).toEqual([undefined, undefined, undefined]);
    expect(await store.remove(ref)).toBe(false);
  });

  it('is not undone by the end of a try that was under way', async () => {
    const endpoint = await stored();
    const ref = refOf(endpoint);
    await health.takeSlot(ref, 0, SLOT, NOW);
    await store.remove(ref);
    await health.giveBack(ref, 0, SLOT.owner, FAILING);
    expect(await health.find(ref)).toEqual({ slots: [undefined, undefined, undefined] });
  });
});
