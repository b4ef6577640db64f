import { randomBytes } from 'node:crypto';
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Email } from '../../lambdas/core/email/email.ts';
import type { ContentStore } from '../../lambdas/core/email/email-store.ts';
import { contentReads, contentWrites } from '../../lambdas/core/table/content-store.ts';
import { keys } from '../../lambdas/core/table/keys.ts';
import { anEmail, RETENTION_DAYS, rivalOf } from './emails.ts';
import { startMessagingEmulator } from './messaging-fixture.ts';
import { startTable, type TestTable } from './table-fixture.ts';

const BUCKET = 'contents';

let fixture: TestTable;
let messaging: Awaited<ReturnType<typeof startMessagingEmulator>>;
let s3: S3Client;
let store: ContentStore;
beforeAll(async () => {
  [fixture, messaging] = await Promise.all([startTable(), startMessagingEmulator()]);
  s3 = new S3Client();
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  store = {
    ...contentWrites(fixture.table, BUCKET, RETENTION_DAYS),
    ...contentReads(fixture.table, BUCKET),
  };
});
afterAll(async () => {
  s3.destroy();
  await Promise.all([fixture.stop(), messaging.stop()]);
});

const incompressible = (bytes: number) => randomBytes(bytes / 2).toString('hex');

async function itemOf({ account, id, fingerprint }: Email) {
  const Key = keys.content(account, id, fingerprint);
  const { name, client } = fixture.table;
  return (await client.send(new GetCommand({ TableName: name, Key, ConsistentRead: true }))).Item;
}

async function objectsOf(email: Email): Promise<(string | undefined)[]> {
  const Prefix = `${email.account}/${email.id}/`;
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix }));
  return (Contents ?? []).map(({ Key }) => Key);
}

describe('the content of a mail', () => {
  it('lies on the table when it is small, compressed, for the days of retention', async () => {
    const email = anEmail();
    const content = { html: '<p>Grüße 👋</p>'.repeat(2000), text: 'Grüße' };
    await store.put(email, content);
    const item = await itemOf(email);
    expect((item?.bytes as Uint8Array | undefined)?.length).toBeLessThan(1024);
    expect(item?.ttl).toBe(Date.parse(email.createdAt) / 1000 + RETENTION_DAYS * 86_400);
    expect(await objectsOf(email)).toEqual([]);
    expect(await store.find(email)).toEqual(content);
  });

  it('lies in the bucket when it is large, and is read back from there', async () => {
    const email = anEmail();
    const content = { text: incompressible(40_000) };
    await store.put(email, content);
    expect(await itemOf(email)).toBeUndefined();
    expect(await objectsOf(email)).toEqual([`${email.account}/${email.id}/${email.fingerprint}`]);
    expect(await store.find(email)).toEqual(content);
  });

  it('comes back whole at the largest size that a caller may send', async () => {
    const email = anEmail();
    const half = 5 * 512 * 1024;
    const content = { html: incompressible(half), text: incompressible(half) };
    await store.put(email, content);
    expect(await store.find(email)).toEqual(content);
  });

  it('is undefined where there is none', async () => {
    expect(await store.find(anEmail())).toBeUndefined();
  });

  it.each([20, 40_000])(
    'is not changed by another request for the same id, at %i bytes',
    async (bytes) => {
      const email = anEmail();
      const other = rivalOf(email, { fingerprint: incompressible(64) });
      const content = { text: incompressible(bytes) };
      await store.put(email, content);
      expect(await store.find(other)).toBeUndefined();
      await store.put(other, { html: '<p>Another</p>' });
      expect(await store.find(email)).toEqual(content);
    },
  );
});
