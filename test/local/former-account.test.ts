import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { CreateEmailIdentityCommand, ListEmailIdentitiesCommand } from '@aws-sdk/client-sesv2';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Cleanup } from '../../local/cleanup.ts';
import { createClients } from '../../local/emulators/clients.ts';
import { startTableEngine } from '../../local/emulators/table-engine.ts';
import { forgetFormerAccount } from '../../local/former-account.ts';
import { deployTable } from '../../local/resources/table.ts';
import { openTemplate } from '../../local/template/template.ts';
import { type Running, start } from './ses/harness.ts';

const FORMER = '10ca110ca110ca110ca110ca';

let cleanup: Cleanup;
let table: DynamoDBClient;
let mail: Running;

beforeEach(async () => {
  cleanup = new Cleanup();
  const directory = await mkdtemp(join(tmpdir(), 'maillayer-former-'));
  cleanup.add(() => rm(directory, { recursive: true }));
  mail = await start();
  cleanup.add(() => mail.stop());
  const engine = await startTableEngine(directory, (error) => {
    throw error;
  });
  cleanup.add(() => engine.stop());
  table = createClients(engine.url, engine.url).dynamodb;
  cleanup.add(() => table.destroy());
  await deployTable(table, tableResource());
});
afterEach(() => cleanup.run());

function tableResource() {
  const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
  const Properties = {
    AttributeDefinitions: [attribute('pk'), attribute('sk')],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
  };
  const template = openTemplate(
    { Resources: { Items: { Type: 'AWS::DynamoDB::Table', Properties } } },
    (name) => name,
  );
  const [resource] = template.resources('AWS::DynamoDB::Table');
  if (resource === undefined) throw new Error('The template has no table.');
  return resource;
}

const put = (pk: string, sk: string, account?: string) =>
  table.send(
    new PutItemCommand({
      TableName: 'Items',
      Item: { pk: { S: pk }, sk: { S: sk }, ...(account ? { account: { S: account } } : {}) },
    }),
  );

const forget = () => forgetFormerAccount(table, { tableName: 'Items', sesUrl: mail.ses.url });

async function itemsLeft() {
  const { Items = [] } = await table.send(new ScanCommand({ TableName: 'Items' }));
  return Items.map(({ pk }) => pk?.S).sort();
}

describe('the seeded account of former versions', () => {
  it('goes with all that it had, and nothing else does', async () => {
    for (const name of ['maillayer.test', 'other.test']) {
      await mail.client.send(new CreateEmailIdentityCommand({ EmailIdentity: name }));
    }
    await put(`account#${FORMER}`, 'account');
    await put(`account#${FORMER}`, 'domains');
    await put('domain#maillayer.test', 'domain', FORMER);
    await put('domain#other.test', 'domain', 'another');
    for (let i = 0; i < 60; i += 1) await put(`account#${FORMER}#email#${i}`, 'email');
    await put('key#x', 'key', FORMER);
    await put('key#y', 'key', 'another');
    expect(await forget()).toBe(true);
    expect(await itemsLeft()).toEqual(['domain#other.test', 'key#y']);
    const { EmailIdentities } = await mail.client.send(new ListEmailIdentitiesCommand({}));
    const names = EmailIdentities?.map(({ IdentityName }) => IdentityName);
    expect(names).toContain('other.test');
    expect(names).not.toContain('maillayer.test');
  });

  it('is looked for only once: without it nothing is touched', async () => {
    await put('key#left-over', 'key', FORMER);
    expect(await forget()).toBe(false);
    expect(await itemsLeft()).toEqual(['key#left-over']);
  });
});
