import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Email, Fact } from '../../lambdas/core/email/email.ts';
import { encodeFact } from '../../lambdas/core/email/fact.ts';
import { statusOf } from '../../lambdas/core/email/status.ts';
import { keys } from '../../lambdas/core/table/keys.ts';
import { anEmail, emailStore, rivalOf } from './emails.ts';
import { itemSize } from './item-size.ts';
import { atOnce, startTable, type TestTable } from './table-fixture.ts';

let fixture: TestTable;
let store: ReturnType<typeof emailStore>;
beforeAll(async () => {
  fixture = await startTable();
  store = emailStore(fixture.table);
});
afterAll(() => fixture.stop());

const SENT: Fact = { type: 'sent', at: '2026-11-23T12:00:06.123Z' };
const delivered = (recipient: number): Fact => ({
  type: 'delivered',
  recipient,
  at: `2026-11-23T12:00:${10 + recipient}.456Z`,
});

async function stored(more: Partial<Email> = {}): Promise<Email> {
  const email = anEmail(more);
  await store.put(email);
  return email;
}

async function read({ account, id }: Email): Promise<Email> {
  const found = await store.find(account, id);
  if (!found) throw new Error('The record is gone.');
  return found;
}

const inOrder = (facts: readonly Fact[]) =>
  [...facts].sort((a, b) => (encodeFact(a) < encodeFact(b) ? -1 : 1));

describe('adding facts', () => {
  it('ends in the same record in any order and with any repetition', async () => {
    const all = [SENT, delivered(0), delivered(1)];
    const orders = [
      [0, 1, 2],
      [2, 1, 0],
      [1, 1, 2, 0, 2, 0],
      [0, 2, 0, 1],
    ];
    for (const order of orders) {
      const email = await stored({ to: ['a@example.com', 'b@example.com'] });
      for (const index of order) {
        expect(await store.addFacts(email, all.slice(index, index + 1))).toBeDefined();
      }
      const found = await read(email);
      expect(inOrder(found.facts)).toEqual(inOrder(all));
      expect(found).toEqual({ ...email, taken: true, facts: found.facts });
      expect(statusOf(found)).toBe('delivered');
    }
  });

  it('keeps every kind with all that SES said', async () => {
    const at = SENT.at;
    const longest = { bounceType: 'Undetermined', bounceSubType: 'OnAccountSuppressionList' };
    const all: Fact[] = [
      { type: 'bounced', recipient: 49, at, ...longest, diagnostic: `#"${'é'.repeat(90)}` },
      { type: 'bounced', recipient: 49, at, ...longest },
      { type: 'complained', recipient: 0, at, feedbackType: 'abuse', suspects: 3 },
      { type: 'complained', recipient: 0, at, suspects: 1 },
      { type: 'delivery_delayed', recipient: 1, at, delayType: 'IPFailure', diagnostic: '' },
      { type: 'rejected', at, reason: 'Bad content' },
    ];
    const email = await stored();
    for (const fact of all) expect(await store.addFacts(email, [fact])).toBeDefined();
    expect(await store.addFacts(email, all)).toBeDefined();
    expect(inOrder((await read(email)).facts)).toEqual(inOrder(all));
  });

  it('loses none of those that come at once', async () => {
    const to = Array.from({ length: 50 }, (_, i) => `user${i}@example.com`);
    const email = await stored({ to });
    await atOnce(50, (i) => store.addFacts(email, [delivered(i)]));
    expect(inOrder((await read(email)).facts)).toEqual(inOrder(to.map((_, i) => delivered(i))));
  });

  it('tells what was there before, so that one of several writers of a fact finds it missing', async () => {
    const email = await stored({ to: ['a@example.com', 'b@example.com'] });
    const before = await atOnce(20, (i) => store.addFacts(email, i % 2 ? [SENT] : [delivered(0)]));
    const lacking = (fact: Fact) =>
      before.filter((facts, i) => {
        const own = encodeFact(i % 2 ? SENT : delivered(0));
        return own === encodeFact(fact) && !facts?.map(encodeFact).includes(encodeFact(fact));
      });
    expect(lacking(SENT)).toHaveLength(1);
    expect(lacking(delivered(0))).toHaveLength(1);
    expect(inOrder((await store.addFacts(email, [SENT])) ?? [])).toEqual(
      inOrder([SENT, delivered(0)]),
    );
  });

  it('takes 50 at once', async () => {
    const to = Array.from({ length: 50 }, (_, i) => `user${i}@example.com`);
    const email = await stored({ to });
    expect(
      await store.addFacts(
        email,
        to.map((_, i) => delivered(i)),
      ),
    ).toEqual([]);
    expect((await read(email)).facts).toHaveLength(50);
  });

  it('takes one that an event names twice', async () => {
    const email = await stored();
    expect(await store.addFacts(email, [delivered(0), delivered(0)])).toBeDefined();
    expect((await read(email)).facts).toEqual([delivered(0)]);
  });

  it('keeps SES’s own words, whatever they are', async () => {
    const about = { recipient: 0, at: SENT.at };
    const diagnostic = 'smtp; 550 5.1.1 "<bob#1>" is\n unknown: . [é] 👋';
    const facts: Fact[] = [
      { type: 'bounced', bounceType: 'Permanent', bounceSubType: 'General', diagnostic, ...about },
      { type: 'complained', suspects: 3, ...about },
      { type: 'delivery_delayed', delayType: 'MailboxFull', ...about },
      { type: 'rejected', reason: 'Bad content', at: SENT.at },
    ];
    const email = await stored();
    expect(await store.addFacts(email, facts)).toBeDefined();
    expect(inOrder((await read(email)).facts)).toEqual(inOrder(facts));
  });

  it('is refused for another accept’s record, a missing one and a tombstone', async () => {
    const email = await stored();
    expect(await store.addFacts(rivalOf(email), [SENT])).toBeUndefined();
    expect(await read(email)).toEqual(email);
    const missing = anEmail();
    expect(await store.addFacts(missing, [SENT])).toBeUndefined();
    await store.abandon(missing, Date.now());
    expect(await store.addFacts(missing, [SENT])).toBeUndefined();
    expect(await store.find(missing.account, missing.id)).toBeUndefined();
  });

  it('corrects an email that had failed because its outcome was unknown', async () => {
    const email = await stored();
    await store.fail(email, 'one', { code: 'outcome_unknown', message: 'Unknown.' }, SENT.at);
    expect(await store.addFacts(email, [SENT])).toBeDefined();
    expect(statusOf(await read(email))).toBe('sent');
  });
});

describe('a record’s size', () => {
  it('counts as DynamoDB documents it', () => {
    // Names and strings in UTF-8, numbers a byte per two digits and one more, 3 bytes a map and 1 an entry.
    expect(itemSize(marshall({ pk: 'é', n: 1234 }))).toBe(2 + 2 + 1 + 3);
    expect(itemSize(marshall({ m: { a: true } }))).toBe(1 + 3 + 1 + 1 + 1);
  });

  it('stays within one write unit for a mail to one recipient, sent and delivered', async () => {
    const email = await stored();
    const claim = { owner: rivalOf(email).nonce, leaseUntil: email.sendBy, attempt: 1 };
    await store.claim(email, { ...claim, unanswered: 0 }, 0);
    await store.markTaken(email, SENT.at);
    await store.addFacts(email, [SENT]);
    await store.addFacts(email, [delivered(0)]);
    const client = new DynamoDBClient();
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: fixture.table.name,
        Key: marshall(keys.email(email.account, email.id)),
        ConsistentRead: true,
      }),
    );
    client.destroy();
    expect(itemSize(Item ?? {})).toBeGreaterThan(400);
    expect(itemSize(Item ?? {})).toBeLessThanOrEqual(1024);
  });
});
