import { randomBytes } from 'node:crypto';
import { makeKeyText } from '../../lambdas/core/api-key/api-key.ts';
import type { Route } from '../../lambdas/core/http/route.ts';
import { apiKeyStore } from '../../lambdas/core/table/api-key-store.ts';
import { deliveryStore } from '../../lambdas/core/table/delivery-store.ts';
import { domainStore } from '../../lambdas/core/table/domain-store.ts';
import { endpointStore } from '../../lambdas/core/table/endpoint-store.ts';
import { suppressionStore } from '../../lambdas/core/table/suppression-store.ts';
import type { Environment } from '../../lambdas/core/value/environment.ts';
import { keyId } from '../../lambdas/core/value/id.ts';
import { anEmail, emailStore } from '../contracts/emails.ts';
import { anEndpoint } from '../contracts/webhooks.ts';
import { aDomain, aKey } from '../core/email/fakes.ts';
import { bounce } from '../manage-suppressions/suppression-world.ts';
import { aDelivery } from '../manage-webhooks/webhook-world.ts';
import { exampleBody } from '../openapi/example-body.ts';
import type { Asked, House } from './house.ts';

/** Ids of one of everything, each well-formed where it stands. */
export type Ids = Readonly<
  Record<'email' | 'domain' | 'address' | 'endpoint' | 'delivery' | 'key', string>
>;

const hex = (bytes: number) => randomBytes(bytes).toString('hex');

/** Ids that nothing has, never had and never will have. */
export function idsOfNothing(): Ids {
  return {
    email: hex(12),
    domain: `d${hex(12)}.example.com`,
    address: `a${hex(12)}@example.net`,
    endpoint: hex(12),
    delivery: `msg_${'0'.repeat(9)}_${hex(12)}`,
    key: hex(32),
  };
}

/** Gives an account one of everything. */
export async function furnish(
  { table }: House,
  account: string,
  environment: Environment = 'live',
): Promise<Ids> {
  const domain = `d${account}.example.com`;
  const address = `a${account}@example.net`;
  const email = anEmail({ account, environment, from: `shop@${domain}` });
  const endpoint = anEndpoint({ account, environment });
  const delivery = aDelivery({ account, endpoint: endpoint.id, environment });
  const key = aKey({ id: keyId(makeKeyText(environment)), account, environment });
  await Promise.all([
    domainStore(table).claim(aDomain({ name: domain, account })),
    suppressionStore(table).add(account, bounce({ address })),
    emailStore(table).put(email),
    endpointStore(table).create(endpoint),
    deliveryStore(table, 30).put(delivery, undefined),
    apiKeyStore(table).create(key),
  ]);
  const { id } = delivery;
  return { email: email.id, domain, address, endpoint: endpoint.id, delivery: id, key: key.id };
}

/** What stands for the parameters of a path. */
export function pathOf({ path }: Route, ids: Ids): Record<string, string> {
  const { email, domain: name, address, endpoint, delivery: deliveryId, key } = ids;
  const [, noun = ''] = /\/api\/v1\/([\w/-]+)\/\{/.exec(path) ?? [];
  const first: Record<string, Record<string, string>> = {
    emails: { id: email },
    domains: { name },
    suppressions: { address },
    webhooks: { id: endpoint },
    'api-keys': { id: key },
    // Of the whole service, no account's own; a verified domain covers its addresses.
    'sending/recipients': { address: `ada@${name}` },
  };
  const found = noun === '' ? {} : first[noun];
  if (!found) throw new Error(`Nobody knows the ids of ${noun}.`);
  return path.includes('{deliveryId}') ? { ...found, deliveryId } : found;
}

/** A body that the route takes, about the account's own things; undefined where it needs none. */
function bodyOf({ body, bodyOptional }: Route, { domain }: Ids, environment: Environment) {
  if (!body || bodyOptional) return undefined;
  const own: Readonly<Record<string, string>> = {
    from: `shop@${domain}`,
    name: `new-${domain}`,
    domain,
    environment,
    useCaseDescription: `Receipts of ${domain}, to those who bought something.`,
  };
  const example = Object.entries(exampleBody(body));
  return Object.fromEntries(example.map(([field, value]) => [field, own[field] ?? value]));
}

/** A request to a route that has nothing wrong with it. */
export function goodRequest(route: Route, ids: Ids, environment: Environment): Asked {
  return { path: pathOf(route, ids), body: bodyOf(route, ids, environment) };
}
