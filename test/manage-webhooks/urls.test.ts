import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTable, type TestTable } from '../contracts/table-fixture.ts';
import { egressWith } from '../core/net/fakes.ts';
import { GOOD } from '../core/net/good-urls.ts';
import { ILL_ADDRESSED } from '../core/net/hostile-literals.ts';
import { ILL_NAMED, ILL_RESOLVED, ILL_SHAPED } from '../core/net/hostile-urls.ts';
import { URL_OK, webhookWorld } from './webhook-world.ts';

let fixture: TestTable;
beforeAll(async () => {
  fixture = await startTable();
});
afterAll(() => fixture.stop());

const answersOf = new Map([
  ...ILL_RESOLVED,
  ...GOOD.map(([url, answers]) => [new URL(url).hostname, answers] as const),
]);

/** The function with the real way out, over a resolver that knows the tables. */
function realWorld(ports: readonly number[]) {
  const urls = egressWith({
    ports,
    resolve: async (name) => [...(answersOf.get(name) ?? [])],
  });
  return webhookWorld(fixture.table, { urls });
}

const HOSTILE = [
  ...ILL_SHAPED,
  ...ILL_NAMED,
  ...ILL_ADDRESSED,
  ...ILL_RESOLVED.map(([name]) => `https://${name}/`),
];

describe('the URL of an endpoint', () => {
  it('that is hostile is refused when it is made and when it is changed, and nothing is kept', async () => {
    const { live } = realWorld([443]);
    const made = await live('create', {}, { body: { url: GOOD[0]?.[0] ?? URL_OK } });
    const { id, secret: _, ...kept } = made.body;
    expect(made.status).toBe(201);
    const refused = { status: 400, body: { error: 'Validation failed' } };
    for (const url of HOSTILE) {
      const answer = await live('create', {}, { body: { url } });
      expect(answer).toMatchObject(refused);
      expect(answer.body.message).toMatch(/^The 'url' field must .*\.$/s);
      expect(await live('change', { id }, { body: { url } })).toMatchObject(refused);
    }
    expect((await live('list')).body.data).toEqual([{ id, ...kept }]);
  });

  it('that is good is taken as it is written', async () => {
    const { live, create } = realWorld([443, 8443]);
    const { id } = await create({ url: GOOD[0]?.[0] });
    for (const [url] of GOOD) {
      const answer = await live('change', { id }, { body: { url } });
      expect([answer.status, answer.body.url]).toEqual([200, url]);
    }
  });
});
