import { CreateBucketCommand, DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import type { ApiKey } from '../../lambdas/core/api-key/api-key.ts';
import type { Content, Email } from '../../lambdas/core/email/email.ts';
import { contentReads, contentWrites } from '../../lambdas/core/table/content-store.ts';
import { emailReads } from '../../lambdas/core/table/email-store.ts';
import { keys } from '../../lambdas/core/table/keys.ts';
import { createHandler } from '../../lambdas/get-email/handler.ts';
import { routes } from '../../lambdas/get-email/route.ts';
import { anEmail, emailStore, RETENTION_DAYS } from '../contracts/emails.ts';
import { startMessagingEmulator } from '../contracts/messaging-fixture.ts';
import { startTable, type TestTable } from '../contracts/table-fixture.ts';
import { call, httpEvent, httpWorld } from '../core/http/fake-http.ts';

const BUCKET = 'contents';
/** More than the table holds, once compressed. */
const LARGE = Array.from({ length: 20_000 }, (_, i) => (i * 7919).toString(36)).join(' ');

let fixture: TestTable;
let messaging: Awaited<ReturnType<typeof startMessagingEmulator>>;
let s3: S3Client;
beforeAll(async () => {
  [fixture, messaging] = await Promise.all([startTable(), startMessagingEmulator()]);
  s3 = new S3Client();
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
});
afterAll(async () => {
  s3.destroy();
  await Promise.all([fixture.stop(), messaging.stop()]);
});

async function kept(content: Content, changes: Partial<Email> = {}): Promise<Email> {
  const email = anEmail(changes);
  await contentWrites(fixture.table, BUCKET, RETENTION_DAYS).put(email, content);
  await emailStore(fixture.table).put(email);
  return email;
}

function read({ account, id }: Pick<Email, 'account' | 'id'>, key: Partial<ApiKey> = {}) {
  const { deps } = httpWorld({ account, ...key });
  const handler = createHandler({
    ...deps,
    emails: emailReads(fixture.table),
    contents: contentReads(fixture.table, BUCKET),
    gate: { read: async () => ({}) },
  });
  const { method, path } = routes.content;
  const event = { method, routeKey: `${method} ${path}`, pathParameters: { id } };
  return call(handler, httpEvent(event));
}

describe('the content of an email', () => {
  it('is what was sent, with the headers that go with it', async () => {
    const email = await kept({ html: '<p>Grüße 👋</p>', text: 'Grüße' });
    const answer = await read(email);
    expect(answer.status).toBe(200);
    expect(v.safeParse(routes.content.answers[200], answer.body).issues).toBeUndefined();
    expect(answer.body).toEqual({
      html: '<p>Grüße 👋</p>',
      text: 'Grüße',
      headers: [
        { name: 'From', value: '"Ada" <ada@sender.example>' },
        { name: 'To', value: 'bob@example.com' },
        { name: 'Subject', value: 'Your receipt of November' },
      ],
    });
  });

  it('has null in place of what was not given', async () => {
    expect((await read(await kept({ text: 'Hello' }))).body).toMatchObject({ html: null });
    expect((await read(await kept({ html: '<b>' }))).body).toMatchObject({ text: null });
  });

  it('is read from the bucket where it is large', async () => {
    const email = await kept({ text: LARGE });
    expect((await read(email)).body.text).toBe(LARGE);
    const { account, id, fingerprint } = email;
    const Key = `${account}/${id}/${fingerprint}`;
    await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key }));
    expect((await read(email)).status).toBe(404);
  });

  it('is a 404 that says so once it has expired', async () => {
    const email = await kept({ text: 'Hello' });
    const { table } = fixture;
    const Key = keys.content(email.account, email.id, email.fingerprint);
    await table.client.send(new DeleteCommand({ TableName: table.name, Key }));
    expect(await read(email)).toMatchObject({
      status: 404,
      body: { error: 'Not found', message: expect.stringContaining('has expired') },
    });
  });

  it('is for those who see the email, with full scope; for others there is none', async () => {
    const email = await kept({ text: 'Hello' });
    const unknown = await read({ account: email.account, id: '0'.repeat(24) });
    expect(unknown).toMatchObject({ status: 404, body: { error: 'Not found' } });
    for (const other of [
      await read(email, { environment: 'test' }),
      await read(email, { domain: 'other.example' }),
      await read({ ...email, account: 'f'.repeat(24) }),
      await read({ ...email, id: 'no-id' }),
    ]) {
      expect([other.status, other.text]).toEqual([404, unknown.text]);
    }
    expect((await read(email, { scope: 'send' })).status).toBe(403);
    expect((await read(email, { domain: 'sender.example' })).status).toBe(200);
  });
});
