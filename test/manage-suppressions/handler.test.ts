import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SuppressionStore } from '../../lambdas/core/suppression/suppression.ts';
import { startTable, type TestTable } from '../contracts/table-fixture.ts';
import { NOW, only } from '../core/email/fakes.ts';
import { ADA, at, bounce, suppressionWorld } from './suppression-world.ts';

let fixture: TestTable;
beforeAll(async () => {
  fixture = await startTable();
});
afterAll(() => fixture.stop());

const world = (changes: Parameters<typeof suppressionWorld>[1] = {}) =>
  suppressionWorld(fixture.table, changes);

describe('adding an address', () => {
  it('answers 201 with the entry, normalised, and it can be looked up in any spelling', async () => {
    const { live } = world();
    const body = { address: 'Ada <ADA@Bücher.Example>', detail: 'Asked by phone' };
    const added = await live('add', { body });
    expect(added.status).toBe(201);
    expect(added.body).toEqual({
      address: 'ada@xn--bcher-kva.example',
      reason: 'manual',
      detail: 'Asked by phone',
      emailId: null,
      createdAt: at(0),
      expiresAt: null,
    });
    for (const address of ['ada@xn--bcher-kva.example', 'Ada@BÜCHER.example']) {
      expect(await live('one', { address })).toMatchObject({ status: 200, text: added.text });
    }
  });

  it('that is there answers 200 with what is there', async () => {
    const { live, account, suppressions } = world();
    await suppressions.add(account, bounce());
    const answer = await live('add', { body: { address: ADA, detail: 'mine' } });
    expect(answer).toMatchObject({ status: 200, body: bounce() });
    expect((await live('one', { address: ADA })).body).toEqual(bounce());
  });

  it('replaces an entry that would expire', async () => {
    const { live, account, suppressions } = world();
    await suppressions.add(account, bounce({ expiresAt: at(3600) }));
    const answer = await live('add', { body: { address: ADA } });
    expect(answer).toMatchObject({ status: 201, body: { reason: 'manual', expiresAt: null } });
    expect((await live('one', { address: ADA })).text).toBe(answer.text);
  });

  it('works again after it was removed, at the same moment too', async () => {
    const { live } = world();
    for (let round = 0; round < 3; round += 1) {
      expect((await live('add', { body: { address: ADA } })).status).toBe(201);
      expect((await live('remove', { address: ADA })).status).toBe(204);
      expect((await live('one', { address: ADA })).status).toBe(404);
    }
  });

  it('is a 409 when another request removes it at the same moment', async () => {
    const store = only<SuppressionStore>('suppressions', {
      find: async () => undefined,
      add: async () => undefined,
    });
    const answer = await world({ store }).live('add', { body: { address: ADA } });
    expect(answer).toMatchObject({ status: 409, body: { error: 'Conflict' } });
    expect(answer.body.message).toContain('Add it again.');
  });

  it.each<[unknown, string]>([
    [{}, "The 'address' field is required."],
    [{ address: null }, "The 'address' field is required."],
    [{ address: 7 }, "The 'address' field must be a string."],
    [{ address: 'ada' }, "The 'address' field is not an email address: it has no @."],
    [{ address: 'a@example.com, b@example.com' }, "The 'address' field must hold one address"],
    [{ address: ADA, detail: 'a\nb' }, "The 'detail' field must hold printable characters only."],
    [
      { address: ADA, detail: 'x'.repeat(201) },
      "The 'detail' field must have at most 200 characters.",
    ],
    [{ address: ADA, details: 'x' }, "The 'details' field is not known: did you mean 'detail'?"],
    [{ address: ADA, reason: 'bounced' }, "The 'reason' field is not known"],
    [[ADA], 'The body must be a JSON object.'],
  ])('refuses %j', async (body, message) => {
    const { live } = world();
    const answer = await live('add', { body });
    expect(answer).toMatchObject({ status: 400, body: { error: 'Validation failed' } });
    expect(answer.body.message).toContain(message);
    expect((await live('list')).body.data).toEqual([]);
  });
});

describe('the list', () => {
  it('comes newest first, in pages that the cursor joins', async () => {
    const { live, account, suppressions } = world();
    for (let i = 0; i < 23; i += 1) {
      await suppressions.add(account, bounce({ address: `a${i}@example.com`, createdAt: at(i) }));
    }
    const pages = [];
    let query: Record<string, string> = {};
    for (const size of [20, 3]) {
      const { body } = await live('list', { query });
      expect(body.data).toHaveLength(size);
      pages.push(...body.data);
      query = { cursor: body.nextCursor };
    }
    expect(query).toEqual({ cursor: null });
    const wanted = Array.from({ length: 23 }, (_, i) => `a${22 - i}@example.com`);
    expect(pages.map((each) => each.address)).toEqual(wanted);
    expect(pages[22]).toEqual(bounce({ address: 'a0@example.com', createdAt: at(0) }));
  });

  it.each<[Record<string, string>, string]>([
    [{ limit: '0' }, "The 'limit' field must be at least 1."],
    [{ limit: '101' }, "The 'limit' field must be at most 100."],
    [{ cursor: 'x' }, "The 'cursor' does not belong to this list."],
    [{ Limit: '5' }, "The 'Limit' field is not known: did you mean 'limit'?"],
  ])('refuses %j', async (query, message) => {
    const answer = await world().live('list', { query });
    expect(answer).toMatchObject({ status: 400, body: { error: 'Validation failed' } });
    expect(answer.body.message).toContain(message);
  });

  it('refuses the cursor of another account', async () => {
    const { live, account, suppressions } = world();
    for (const address of ['a@example.com', 'b@example.com']) {
      await suppressions.add(account, bounce({ address }));
    }
    const { nextCursor: cursor } = (await live('list', { query: { limit: '1' } })).body;
    expect((await live('list', { query: { cursor } })).body.data).toHaveLength(1);
    expect((await world().live('list', { query: { cursor } })).status).toBe(400);
  });
});

describe('removing an address', () => {
  it('works at once, for what is asked before a send too', async () => {
    const { live, account, suppressions } = world();
    await suppressions.add(account, bounce());
    expect(await live('remove', { address: 'ADA@Example.com' })).toMatchObject({
      status: 204,
      text: '',
    });
    expect(await suppressions.findSuppressed(account, [ADA], NOW)).toEqual([]);
    expect((await live('list')).body.data).toEqual([]);
    expect((await live('remove', { address: ADA })).status).toBe(404);
  });

  it('reaches an address with a slash, which a path must encode twice', async () => {
    const { live } = world();
    const address = 'a/b@example.com';
    await live('add', { body: { address } });
    // What API Gateway makes of `a%252Fb@example.com`.
    const encoded = 'a%2Fb@example.com';
    expect((await live('one', { address: encoded })).body.address).toBe(address);
    // An address that is really spelled so comes first.
    await live('add', { body: { address: encoded } });
    expect((await live('one', { address: encoded })).body.address).toBe('a%2fb@example.com');
    expect((await live('remove', { address: encoded })).status).toBe(204);
    expect((await live('remove', { address: encoded })).status).toBe(204);
    expect((await live('list')).body.data).toEqual([]);
  });
});
