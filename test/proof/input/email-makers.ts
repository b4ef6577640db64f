import fc from 'fast-check';
import { EMAIL_STATUSES } from '../../../lambdas/core/email/status.ts';
import { fromPool, type Maker, made, nextNumber, pool } from './maker.ts';
import type { World } from './world.ts';

const optional = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.option(arbitrary, { nil: undefined });

/** Text of one line, without what no header may hold. */
const line = (maxLength: number) =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength })
    .filter((text) => text.length <= maxLength && !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text));

/** Addresses whose outcome is soon known; none of them bounces, so none is suppressed. */
export const address = fc.constantFrom(
  ...['ada@example.com', 'Ada Lovelace <ada@example.org>', '"Doe, Jane" <jane@example.net>'],
  ...['Jürgen <j@bücher.example>', 'a.b+c@sub.example.co.uk', "o'neil!#$%&*@example.com"],
);
const addresses = fc.array(address, { minLength: 1, maxLength: 5 });
const sender = fc.constantFrom(
  'shop@proof.example',
  'Shop <shop@proof.example>',
  's@PROOF.example',
);

const content = fc.oneof(
  fc.record({ text: fc.string({ minLength: 1, maxLength: 300 }) }),
  fc.record({ html: fc.constantFrom('<p>Hello</p>', '<a href="https://example.com">é 🚚</a>') }),
  fc.record({ text: fc.constant('Hello'), html: fc.constant('<p>Hello</p>') }),
);

const mail = fc
  .record({
    from: sender,
    to: fc.oneof(address, addresses),
    subject: line(100),
    content,
    replyTo: optional(fc.oneof(address, fc.constant(null))),
    cc: optional(fc.oneof(addresses, fc.constant(null))),
    bcc: optional(addresses),
    tags: optional(fc.array(line(20), { maxLength: 10 })),
  })
  .map(({ content: { ...parts }, ...envelope }) =>
    Object.fromEntries(
      Object.entries({ ...envelope, ...parts }).filter(([, value]) => value !== undefined),
    ),
  );

const made5 = pool(12, async ({ call, domain }: World) => {
  const email = {
    from: `a@${domain}`,
    to: `r${nextNumber()}@example.com`,
    subject: 'x',
    text: 'x',
  };
  return String((await made(call('POST', 'emails', email), 202)).id);
});

const time = fc
  .date({ min: new Date(0), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

const filters = fc
  .record({
    limit: optional(fc.integer({ min: 1, max: 100 }).map(String)),
    environment: optional(fc.constant('live')),
    status: optional(fc.constantFrom(...EMAIL_STATUSES)),
    tag: optional(line(20)),
    recipient: optional(fc.constantFrom('ada@example.com', 'Ada <ada@example.org>')),
    after: optional(time),
    before: optional(fc.oneof(time, fc.constant('2100-01-01'))),
  })
  .map((query) =>
    Object.fromEntries(
      Object.entries(query).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
    ),
  );

const anyKey = fc.constantFrom('live' as const, 'send' as const, 'bound' as const);

/** Makers of what concerns emails. */
export const EMAIL_MAKERS: Readonly<Record<string, Maker>> = {
  sendEmail: {
    shape: fc.record(
      {
        key: fc.constantFrom('live' as const, 'test' as const, 'send' as const, 'bound' as const),
        body: mail,
        headers: fc.uuid().map((key) => ({ 'Idempotency-Key': key })),
      },
      { requiredKeys: ['key', 'body'] },
    ),
  },
  getEmail: {
    shape: fc.record({ key: anyKey }),
    prepare: fromPool(made5, (id) => ({ path: { id } })),
  },
  getEmailContent: {
    shape: fc.record({ key: fc.constantFrom('live' as const, 'bound' as const) }),
    prepare: fromPool(made5, (id) => ({ path: { id } })),
  },
  listEmails: {
    shape: fc.record({ key: fc.constantFrom('live' as const, 'bound' as const), query: filters }),
  },
};
