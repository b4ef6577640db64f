import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Email, Fact } from '../../lambdas/core/email/email.ts';
import { statusOf } from '../../lambdas/core/email/status.ts';
import { emailReads } from '../../lambdas/core/table/email-store.ts';
import { createHandler } from '../../lambdas/get-email/handler.ts';
import { anEmail, emailStore } from '../contracts/emails.ts';
import { startTable, type TestTable } from '../contracts/table-fixture.ts';
import { call, httpEvent, httpWorld } from '../core/http/fake-http.ts';

const SEED = 20261123;
const ACCOUNT = randomBytes(12).toString('hex');
const ADDRESSES = ['ada@example.org', 'bob@example.org', 'eve@example.org'];
const timeOf = (hour: number) => new Date(Date.UTC(2026, 10, 1, hour)).toISOString();
const delivered: Fact = { type: 'delivered', recipient: 0, at: timeOf(1000) };

/** 48 mails, one an hour: three recipients, two tags, three statuses, in every combination. */
const MAILS: Email[] = Array.from({ length: 48 }, (_, i) =>
  anEmail({
    account: ACCOUNT,
    createdAt: timeOf(i),
    to: ADDRESSES[i % 3] ?? '',
    ...(i % 4 === 3 ? {} : { tags: [i % 2 ? 'receipt' : 'welcome', 'all'] }),
    ...(i % 5 === 0 ? { phase: 'sent', taken: true } : {}),
    ...(i % 5 === 1 ? { phase: 'sent', taken: true, facts: [delivered] } : {}),
  }),
);

let fixture: TestTable;
beforeAll(async () => {
  fixture = await startTable();
  const store = emailStore(fixture.table);
  for (const email of MAILS) {
    await store.put(email);
    await store.add(email, [email.to].flat());
  }
});
afterAll(() => fixture.stop());

type Filters = {
  status?: string;
  recipient?: string;
  tag?: string;
  after?: string;
  before?: string;
};

function expected({ status, recipient, tag, after, before }: Filters): string[] {
  return MAILS.filter((email) => status === undefined || statusOf(email) === status)
    .filter((email) => recipient === undefined || email.to === recipient)
    .filter((email) => tag === undefined || email.tags?.includes(tag))
    .filter((email) => after === undefined || email.createdAt >= after)
    .filter((email) => before === undefined || email.createdAt <= before)
    .map(({ id }) => id)
    .reverse();
}

/** All pages of the list. */
async function listed(filters: Filters, limit: number): Promise<string[]> {
  const { deps } = httpWorld({ account: ACCOUNT }, 1000);
  const handler = createHandler({
    ...deps,
    emails: emailReads(fixture.table),
    contents: { find: async () => undefined },
    gate: { read: async () => ({}) },
  });
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const query = { ...filters, limit: String(limit), ...(cursor === null ? {} : { cursor }) };
    const { status, body } = await call(
      handler,
      httpEvent({ method: 'GET', queryStringParameters: query }),
    );
    expect(status).toBe(200);
    expect(body.data.length).toBeLessThanOrEqual(limit);
    ids.push(...body.data.map(({ id }: Email) => id));
    cursor = body.nextCursor;
  } while (cursor !== null);
  return ids;
}

const hour = fc.integer({ min: 0, max: 47 }).map(timeOf);
const filters: fc.Arbitrary<Filters> = fc.record(
  {
    status: fc.constantFrom('queued', 'sent', 'delivered', 'bounced'),
    recipient: fc.constantFrom(...ADDRESSES, 'nobody@example.org'),
    tag: fc.constantFrom('receipt', 'welcome', 'all', 'none'),
    after: hour,
    before: hour,
  },
  { requiredKeys: [] },
);

it('the list’s filters work together in any combination, newest first, on every size of page', async () => {
  const sizes = fc.constantFrom(1, 3, 20);
  const check = fc.asyncProperty(filters, sizes, async (given, limit) => {
    expect(await listed(given, limit)).toEqual(expected(given));
  });
  await fc.assert(check, { seed: SEED, numRuns: 120 });
});

it('all five filters at once find what fits all of them', async () => {
  const all = { status: 'queued', recipient: 'bob@example.org', tag: 'all' };
  const between = { after: timeOf(3), before: timeOf(30) };
  const found = await listed({ ...all, ...between }, 2);
  expect(found.length).toBeGreaterThan(2);
  expect(found).toEqual(expected({ ...all, ...between }));
});
