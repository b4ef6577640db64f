import { describe, expect, it } from '@jest/globals';
import {
  recipientsOf,
  sendRequestOf,
  sendRequestSchema,
} from '../../../lambdas/core/email/send-request.ts';
import { parseInput } from '../../../lambdas/core/http/input.ts';
import { Refusal } from '../../../lambdas/core/http/refusal.ts';

const VALID = { from: 'a@b.co', to: 'c@d.co', subject: 's', text: 't' };
const many = (count: number) => Array.from({ length: count }, (_, i) => `u${i}@d.co`);

function messageOf(body: unknown): string {
  try {
    parseInput(sendRequestSchema, body);
  } catch (error) {
    if (error instanceof Refusal && error.error === 'Validation failed') return error.message;
    throw error;
  }
  return 'taken';
}

describe('a send request', () => {
  it('is taken with every field', () => {
    const body = {
      ...VALID,
      to: ['Ada <c@d.co>', 'e@d.co'],
      html: '<p>t</p>',
      replyTo: ['f@d.co'],
      cc: ['g@d.co'],
      bcc: [],
      tags: ['welcome', 'größe'],
    };
    expect(sendRequestOf(parseInput(sendRequestSchema, body))).toEqual(body);
  });

  it('counts an optional field that is null as absent', () => {
    const nulls = { html: null, replyTo: null, cc: null, bcc: null, tags: null };
    expect(sendRequestOf(parseInput(sendRequestSchema, { ...VALID, ...nulls }))).toEqual(VALID);
  });

  it.each([
    [{ to: undefined }, "The 'to' field is required."],
    [{ to: null }, "The 'to' field is required."],
    [{ from: null }, "The 'from' field is required."],
    [{ subject: undefined }, "The 'subject' field is required."],
    [{ text: null }, "The 'html' or the 'text' field is required."],
    [{ text: '' }, "The 'text' field must not be empty."],
    [{ html: 5 }, "The 'html' field must be a string."],
    [{ text: '\ud800' }, "The 'text' field must be well-formed Unicode."],
    [{ subject: '' }, "The 'subject' field must not be empty."],
    [{ subject: 4 }, "The 'subject' field must be a string."],
    [
      { subject: 'a\r\nBcc: x@y.zz' },
      "The 'subject' field must not contain line breaks or other control characters.",
    ],
    [{ subject: 'x'.repeat(999) }, "The 'subject' field must have at most 998 characters."],
    [{ to: 'ada' }, "The 'to' field is not an email address: it has no @."],
    [
      { from: `${'é'.repeat(200)} <ada@example.com>` },
      "The 'from' field has a display name that is too long.",
    ],
    [{ to: 5 }, "The 'to' field must be a string or an array of strings."],
    [{ to: [] }, "The 'to' field must not be an empty array."],
    [{ replyTo: [] }, "The 'replyTo' field must not be an empty array."],
    [{ cc: 'c@d.co' }, "The 'cc' field must be an array of strings."],
    [{ cc: [null] }, "The 'cc[0]' field is required."],
    [{ tags: 'welcome' }, "The 'tags' field must be an array of strings."],
    [{ tags: Array(11).fill('a') }, "The 'tags' field must hold at most 10 tags."],
    [{ tags: ['x'.repeat(65)] }, "The 'tags[0]' field must have at most 64 characters."],
    [
      { to: [5, 'x'] },
      "The 'to[0]' field must be a string. The 'to[1]' field is not an email address: it has no @.",
    ],
    [
      { from: 'x', to: 'y', text: null },
      "The 'from' field is not an email address: it has no @. The 'to' field is not an email address: it has no @. The 'html' or the 'text' field is required.",
    ],
  ])('with %j names what is wrong', (change, message) => {
    expect(messageOf({ ...VALID, ...change })).toBe(message);
  });

  it.each([
    'canary',
    'canary lovelace@example.com',
    "can'ary lovelace@example.com",
    'canary..@example.com',
    'x@canary_lovelace.com',
    'x@canary lovelace.com',
    '"canary x"@example.com',
    'cänary@example.com',
    'Canary Lovelace <canary@@example.com>',
    'Canary (x) <canary@example.com>',
    'canary@example.com, b@example.com',
    'x@ and all that the canary wrote',
    'canary\n@example.com',
    `${'canary'.repeat(60)}@example.com`,
  ])('with the address %j repeats nothing of it', (written) => {
    for (const body of [
      { ...VALID, to: written },
      { ...VALID, to: [written], cc: [written], bcc: [written, written], replyTo: written },
      { ...VALID, from: written },
    ]) {
      expect(messageOf(body)).not.toMatch(/c[aä]n'?ary|lovelace/i);
      expect(messageOf(body)).not.toBe('taken');
    }
  });

  it.each([
    [{ reply_to: 'x' }, "The 'reply_to' field is not known: did you mean 'replyTo'?"],
    [{ Subject: 'x' }, "The 'Subject' field is not known: did you mean 'subject'?"],
    [{ tag: 'x' }, "The 'tag' field is not known: did you mean 'tags'?"],
    [
      { priority: 1, constructor: 2 },
      "The 'priority' field is not known: the fields are from, to, subject, html, text, replyTo, cc, bcc, tags. The 'constructor' field is not known: the fields are from, to, subject, html, text, replyTo, cc, bcc, tags.",
    ],
  ])('with the unknown fields of %j names each and the nearest known one', (change, message) => {
    expect(messageOf({ ...VALID, ...change })).toBe(message);
  });

  it('does not take a field from the prototype for a known one', () => {
    const body = JSON.parse('{"__proto__":{"to":"x@y.zz"},"from":"a@b.co","subject":"s"}');
    expect(messageOf(body)).toContain("The 'to' field is required.");
    expect(messageOf(body)).toContain("The '__proto__' field is not known");
  });

  it.each([
    [{ to: many(50) }, 'taken'],
    [{ to: many(25), cc: many(15), bcc: many(10) }, 'taken'],
    [{ to: many(51) }, 'at most 50'],
    [{ to: many(1), cc: many(25), bcc: many(25) }, 'at most 50'],
    [{ to: Array(51).fill('c@d.co') }, 'at most 50'],
  ])('holds at most 50 addresses in its three fields', (change, message) => {
    expect(messageOf({ ...VALID, ...change })).toContain(message);
  });

  it.each([null, undefined, 5, 'text', [], [VALID]])(
    'must be an object, which %j is not',
    (body) => {
      expect(messageOf(body)).toBe('The body must be a JSON object.');
    },
  );

  it('has a bounded answer however much is wrong with it', () => {
    const message = messageOf({ ...VALID, cc: Array(500).fill('x'), ['y'.repeat(5000)]: 1 });
    expect(message).toContain('There are 401 more problems.');
    expect(messageOf({ ...VALID, ['y'.repeat(5000)]: 1 })).not.toContain('y'.repeat(65));
  });
});

describe('the recipients', () => {
  it('are the distinct mailboxes of to, cc and bcc in this order, as first written', () => {
    const request = {
      to: 'Ada <Ada@D.co>',
      cc: ['bob@d.co', 'ada@d.co'],
      bcc: ['BOB@d.co', 'eve@d.co'],
    };
    const addresses = recipientsOf(request).map((each) => each.address);
    expect(addresses).toEqual(['Ada@D.co', 'bob@d.co', 'eve@d.co']);
  });
});
