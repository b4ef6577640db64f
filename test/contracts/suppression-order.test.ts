import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SuppressionStore } from '../../lambdas/core/suppression/suppression.ts';
import { suppressionStore } from '../../lambdas/core/table/suppression-store.ts';
import { ADA, DAY, manual, standing, suppression, temporary } from './suppressions.ts';
import { atOnce, startTable, type TestTable } from './table-fixture.ts';
import { at, hex24, NOW } from './webhooks.ts';

let fixture: TestTable;
let store: SuppressionStore;
beforeAll(async () => {
  fixture = await startTable();
  store = suppressionStore(fixture.table);
});
afterAll(() => fixture.stop());

function permutations<Value>(values: readonly Value[]): Value[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value, i) =>
    permutations(values.filter((_, other) => other !== i)).map((rest) => [value, ...rest]),
  );
}

describe('of several suppressions of one address', () => {
  const complained = suppression({ reason: 'complained', createdAt: at(50), detail: 'abuse' });
  const bounced = suppression({ createdAt: at(20) });

  it.each([
    ['a complaint before a bounce, however late', complained, [bounced]],
    ['a bounce before one by hand', bounced, [manual({ createdAt: at(0) })]],
    ['the earlier of two alike', bounced, [suppression({ createdAt: at(30) })]],
    ['one by hand before one that ends', manual({ createdAt: at(90) }), [temporary(0)]],
    ['the later of those that end', temporary(9), [temporary(3), temporary(5)]],
  ])('%s stays', async (_, winner, others) => {
    const orders = permutations([winner, ...others]);
    for (const order of orders) expect(await standing(store, order)).toEqual(winner);
  });

  it('the same one stays in all 120 orders of five, each added twice in some', async () => {
    const five = [complained, bounced, manual(), temporary(70), temporary(80)];
    const all = permutations(five);
    const found = await atOnce(all.length, (i) =>
      standing(store, [...(all[i] ?? []), ...five.slice(i % 5)]),
    );
    expect(found).toEqual(all.map(() => complained));
  });

  it('the same one stays for any five, in any two orders and with a removal before them', async () => {
    const any = fc
      .record({
        reason: fc.constantFrom('complained', 'bounced', 'manual' as const),
        second: fc.integer({ min: 1, max: 4 }),
        days: fc.constantFrom(null, 13, 14),
        detail: fc.constantFrom(null, 'one', 'two'),
      })
      .map(({ second, days, ...rest }) => ({
        ...rest,
        address: ADA,
        emailId: null,
        createdAt: at(second),
        expiresAt: days === null ? null : at(second + days * DAY),
      }));
    const five = fc.array(any, { minLength: 5, maxLength: 5 });
    const seed = Date.now();
    console.log(`fast-check seed ${seed}`);
    await fc.assert(
      fc.asyncProperty(
        five.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: 5 }))),
        async ([one, other]) => {
          expect(await standing(store, other)).toEqual(await standing(store, one));
          const account = hex24();
          await store.add(account, suppression({ createdAt: at(-10) }));
          await store.remove(account, ADA, at(-5));
          for (const each of other) await store.add(account, each);
          expect(await store.find(account, ADA, NOW)).toEqual(await standing(store, one));
        },
      ),
      { seed, numRuns: 30 },
    );
  });

  it('the same one stays when they come at once', async () => {
    const account = hex24();
    const added = [bounced, manual(), complained, temporary(1)];
    await atOnce(40, (i) => store.add(account, added[i % 4] ?? bounced));
    expect(await store.find(account, ADA, NOW)).toEqual(complained);
    expect((await store.list(account, { limit: 10 }, NOW)).entries).toEqual([complained]);
  });
});
