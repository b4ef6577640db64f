import { createHash } from 'node:crypto';
import type { MonthlyUsage } from '../account/usage.ts';
import { TABLE } from '../contract/table.ts';
import type { NoticeRef } from '../notice/notice.ts';
import type { StatisticsMonth } from '../statistics/statistics.ts';
import type { Environment } from '../value/environment.ts';
import type { DeliveryRef } from '../webhook/delivery.ts';
import type { EndpointRef } from '../webhook/endpoint.ts';

/** Primary key of an item. */
export type Key = { readonly pk: string; readonly sk: string };

const account = (id: string) => `account#${id}`;

/** A list's partition; sorted by time. */
export const lists = {
  accounts: () => 'accounts',
  keys: (accountId: string) => `${account(accountId)}#keys`,
  domains: (accountId: string) => `${account(accountId)}#domains`,
  emails: (accountId: string, environment: Environment) =>
    `${account(accountId)}#emails#${environment}`,
  recipient: (accountId: string, environment: Environment, address: string) =>
    `${account(accountId)}#recipient#${environment}#${digest(address)}`,
  suppressions: (accountId: string) => `${account(accountId)}#suppressions`,
  refused: (accountId: string) => `${account(accountId)}#refused`,
  endpoints: (accountId: string) => `webhook#${accountId}`,
  deliveries: (ref: EndpointRef) => endpointPartition(ref),
  due: (shard: number) => `due#${shard}`,
  dueDomains: () => 'due#domains',
  dueNotices: () => 'due#notices',
};

/** Everything about one endpoint but itself; deliver-webhook may reach nothing but `webhook#…`. */
const endpointPartition = ({ account: accountId, endpoint }: EndpointRef) =>
  `webhook#${accountId}#${endpoint}`;

/** What the sort keys of several items in one partition begin with. */
export const PREFIX = { endpoint: 'endpoint#', delivery: 'delivery#' } as const;

/** What the partitions of notices begin with; whoever notices something may write there. */
const NOTICES = 'notice#';

/** The notice whose key it is. */
export function noticeOf({ pk, sk }: Key): NoticeRef {
  return { account: pk.slice(NOTICES.length), id: sk };
}

/** Addresses are of unbounded variety and personal: keys hold their digest. */
function digest(address: string): string {
  return createHash('sha256').update(address).digest('hex').slice(0, 32);
}

/** The place of an entry in the list of an account's suppressions. */
export function suppressionPosition(createdAt: string, address: string): string {
  return `${createdAt}#${digest(address)}`;
}

/** The partition of the due index that a delivery always stays in. */
export function dueList(deliveryId: string): string {
  const hash = createHash('sha256').update(deliveryId).digest().readUInt32BE();
  return lists.due(hash % TABLE.due.shards);
}

/** The delivery whose key it is. */
export function deliveryRefOf({ pk, sk }: Key): DeliveryRef {
  const [, accountId = '', endpoint = ''] = pk.split('#');
  return { account: accountId, endpoint, id: sk.slice(PREFIX.delivery.length) };
}

const emailPartition = (accountId: string, id: string) => `${account(accountId)}#email#${id}`;

/** Every key of the table. */
export const keys = {
  account: (id: string): Key => ({ pk: account(id), sk: 'account' }),
  apiKey: (id: string): Key => ({ pk: `key#${id}`, sk: 'key' }),
  keyPlaces: (accountId: string): Key => ({ pk: account(accountId), sk: 'key-places' }),
  domain: (name: string): Key => ({ pk: `domain#${name}`, sk: 'domain' }),
  domainPlaces: (accountId: string): Key => ({ pk: account(accountId), sk: 'domains' }),
  suppression: (accountId: string, address: string): Key => ({
    pk: account(accountId),
    sk: `suppression#${address}`,
  }),
  requests: (accountId: string, second: number, user?: string): Key => ({
    pk: `${account(accountId)}#second#${second}`,
    sk: user === undefined ? 'requests' : `requests#${user}`,
  }),
  refused: (accountId: string, second: number): Key => ({
    pk: lists.refused(accountId),
    sk: String(second),
  }),
  usage: ({ account: accountId, environment, month }: MonthlyUsage): Key => ({
    pk: account(accountId),
    sk: `usage#${environment}#${month}`,
  }),
  statistics: ({ account: accountId, environment, month }: StatisticsMonth): Key => ({
    pk: account(accountId),
    sk: `statistics#${environment}#${month}`,
  }),
  email: (accountId: string, id: string): Key => ({
    pk: emailPartition(accountId, id),
    sk: 'email',
  }),
  content: (accountId: string, id: string, fingerprint: string): Key => ({
    pk: emailPartition(accountId, id),
    sk: `content#${fingerprint}`,
  }),
  recipient: (
    accountId: string,
    environment: Environment,
    address: string,
    position: string,
  ): Key => ({ pk: lists.recipient(accountId, environment, address), sk: position }),
  gate: (): Key => ({ pk: 'sending', sk: 'gate' }),
  endpoint: ({ account: accountId, endpoint }: EndpointRef): Key => ({
    pk: lists.endpoints(accountId),
    sk: `${PREFIX.endpoint}${endpoint}`,
  }),
  delivery: (ref: DeliveryRef): Key => ({
    pk: endpointPartition(ref),
    sk: `${PREFIX.delivery}${ref.id}`,
  }),
  health: (ref: EndpointRef): Key => ({ pk: endpointPartition(ref), sk: 'health' }),
  lanes: (): Key => ({ pk: 'webhook#lanes', sk: 'lanes' }),
  notice: ({ account: accountId, id }: NoticeRef): Key => ({
    pk: `${NOTICES}${accountId}`,
    sk: id,
  }),
};
