import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { routeKeyOf } from '../../lambdas/core/http/route.ts';
import { ALL_ROUTES } from '../../lambdas/routes.ts';
import { show } from './credentials.ts';
import { expectedOf } from './expected.ts';
import { furnish, goodRequest, type Ids, idsOfNothing } from './holdings.ts';
import { type House, startHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house.stop());

/** A recipient that SES verifies in its sandbox is the whole service's and the operator's to see. */
const OF_NO_ACCOUNT = ['GET /api/v1/sending/recipients/{address}'];
const WITH_ID = ALL_ROUTES.map((route) => [routeKeyOf(route), route] as const).filter(
  ([routeKey]) => routeKey.includes('{') && !OF_NO_ACCOUNT.includes(routeKey),
);

/** Every item that is not the intruder's own: neither counters of its requests nor notes of its refusals. */
async function othersItems(intruder: string): Promise<string[]> {
  const { client, name } = house.table;
  const { Items = [], LastEvaluatedKey } = await client.send(new ScanCommand({ TableName: name }));
  expect(LastEvaluatedKey).toBeUndefined();
  return Items.map((item) => JSON.stringify(item))
    .filter((text) => !text.includes(intruder))
    .sort();
}

describe.each(['live-full', 'test-full', 'user', 'operator'] as const)(
  'with a credential of another account (%s)',
  (kind) => {
    it.each(WITH_ID)(
      '%s knows nothing of an account’s ids, and changes nothing',
      async (routeKey, route) => {
        const environment = kind === 'test-full' ? 'test' : 'live';
        const { account: owner } = await show(house, 'live-full');
        const { account: intruder, credential } = await show(house, kind);
        const theirs = await furnish(house, owner, environment);
        const mine = await furnish(house, intruder, environment);
        // Where a credential may do nothing at all, it learns nothing either.
        const allowed = expectedOf(route, kind, 'active').status < 300;
        const refused = allowed ? 404 : 403;
        const nothing = idsOfNothing();
        const ask = async (ids: Ids) => {
          const { path } = goodRequest(route, ids, environment);
          const { body } = goodRequest(route, mine, environment);
          const { status, headers, text } = await house.ask(routeKey, credential, { path, body });
          return { status, headers, text };
        };
        const before = await othersItems(intruder);
        expect(before.length).toBeGreaterThan(5);
        const unknown = await ask(nothing);
        expect(unknown.status).toBe(refused);
        expect(await ask(theirs)).toEqual(unknown);
        if (routeKey.includes('{deliveryId}')) {
          const unknownDelivery = await ask({ ...mine, delivery: nothing.delivery });
          expect(unknownDelivery.status).toBe(refused);
          expect(await ask({ ...mine, delivery: theirs.delivery })).toEqual(unknownDelivery);
          expect(await ask({ ...mine, endpoint: theirs.endpoint })).toEqual(unknown);
        }
        expect(await othersItems(intruder)).toEqual(before);
      },
    );
  },
);
