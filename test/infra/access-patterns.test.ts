import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { accountStore } from '../../lambdas/core/table/account-store.ts';
import { apiKeyStore } from '../../lambdas/core/table/api-key-store.ts';
import { contentReads, contentWrites } from '../../lambdas/core/table/content-store.ts';
import { deliveryStore } from '../../lambdas/core/table/delivery-store.ts';
import { domainPlaces } from '../../lambdas/core/table/domain-places.ts';
import { domainStore } from '../../lambdas/core/table/domain-store.ts';
import { dueStore } from '../../lambdas/core/table/due-store.ts';
import {
  emailAccepts,
  emailDelivery,
  emailFacts,
  emailReads,
} from '../../lambdas/core/table/email-store.ts';
import { endpointStore } from '../../lambdas/core/table/endpoint-store.ts';
import { gateStore, pacingClock } from '../../lambdas/core/table/gate-store.ts';
import { healthStore } from '../../lambdas/core/table/health-store.ts';
import { keyPlaces } from '../../lambdas/core/table/key-places.ts';
import { laneStore } from '../../lambdas/core/table/lane-store.ts';
import { noticeStore } from '../../lambdas/core/table/notice-store.ts';
import { recipientIndex } from '../../lambdas/core/table/recipient-index.ts';
import { requestStore } from '../../lambdas/core/table/request-store.ts';
import { statisticsStore } from '../../lambdas/core/table/statistics-store.ts';
import { suppressionStore } from '../../lambdas/core/table/suppression-store.ts';
import { openTable } from '../../lambdas/core/table/table.ts';
import { usageStore } from '../../lambdas/core/table/usage-store.ts';
import { webhookReads } from '../../lambdas/core/table/webhook-reads.ts';
import { Synthesis } from './synthesis.ts';

// Nothing is called: only the names of the methods are looked at.
process.env.AWS_REGION ??= 'us-east-1';
const table = openTable('none');
const STORES: Record<string, object> = {
  accounts: accountStore(table),
  apiKeys: apiKeyStore(table),
  domains: domainStore(table),
  domainPlaces: domainPlaces(table),
  keyPlaces: keyPlaces(table),
  refusals: requestStore(table),
  suppressions: suppressionStore(table),
  usage: usageStore(table),
  statistics: statisticsStore(table),
  contents: { ...contentWrites(table, 'none', 1), ...contentReads(table, 'none') },
  recipients: recipientIndex(table, 1),
  emails: {
    ...emailReads(table),
    ...emailAccepts(table, 1),
    ...emailDelivery(table),
    ...emailFacts(table),
  },
  gate: gateStore(table),
  clock: pacingClock(table),
  endpoints: endpointStore(table),
  deliveries: deliveryStore(table, 1),
  webhooks: webhookReads(table),
  health: healthStore(table),
  lanes: laneStore(table),
  notices: noticeStore(table),
  due: dueStore(table),
};

const methods = Object.entries(STORES).flatMap(([noun, store]) =>
  Object.keys(store).map((method) => `${noun}.${method}`),
);

const words = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);

type Row = { method: string; functions: string[]; actions: string[] };

/** The rows of the last table: five cells, the method in the third. */
const rows: Row[] = readFileSync('docs/access-patterns.md', 'utf8')
  .split('\n')
  .map((line) => line.split('|').slice(1, -1))
  .filter((cells) => /`\w+\.\w+`/.test(cells[2] ?? ''))
  .map(([, , method = '', functions = '', actions = '']) => ({
    method: words(method)[0] ?? '',
    functions: words(functions),
    actions: words(actions),
  }));

/** `GetItem` on the table, `Query gsi1` on an index, `s3:GetObject` on the bucket of contents. */
function inTemplate(action: string, resource: string): string | undefined {
  const { 1: service, 2: name } = /^(\w+):(\w+)$/.exec(action) ?? [];
  const index = /\/index\/(\w+)$/.exec(resource)?.[1];
  if (service === 'dynamodb') return index ? `${name} ${index}` : name;
  return service === 's3' && resource.startsWith('Content/') ? action : undefined;
}

function permissions(): Record<string, string[]> {
  const synthesis = new Synthesis();
  const found: Record<string, Set<string>> = {};
  for (const { PolicyDocument, Roles } of Object.values(synthesis.byPath('AWS::IAM::Policy'))) {
    const actions = new Set<string>();
    found[synthesis.functionNameOf(Roles[0])] = actions;
    for (const { Action, Resource } of PolicyDocument.Statement) {
      for (const resource of [Resource].flat().map((each) => synthesis.name(each))) {
        for (const action of [Action].flat()) {
          const written = inTemplate(action, resource);
          if (written) actions.add(written);
        }
      }
    }
  }
  return Object.fromEntries(
    Object.entries(found).map(([name, actions]) => [name, [...actions].sort()]),
  );
}

describe('docs/access-patterns.md', () => {
  it('has a row for each method of a store, and no other', () => {
    expect(rows.map(({ method }) => method).sort()).toEqual(methods.sort());
  });

  it('names for each function exactly the actions that its role allows', () => {
    const template = permissions();
    const documented = Object.keys(template).map((name) => {
      const actions = rows
        .filter(({ functions }) => functions.includes(name))
        .flatMap((row) => row.actions);
      return [name, [...new Set(actions)].sort()];
    });
    expect(Object.fromEntries(documented)).toEqual(template);
  });

  it('names no function that the template lacks', () => {
    const named = new Set(rows.flatMap(({ functions }) => functions));
    expect(Object.keys(permissions())).toEqual(expect.arrayContaining([...named]));
  });
});
