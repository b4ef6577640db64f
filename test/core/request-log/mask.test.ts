import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sendRequestSchema } from '../../../lambdas/core/email/send-request.ts';
import { parseBody } from '../../../lambdas/core/http/body.ts';
import { masked, shortened } from '../../../lambdas/core/request-log/mask.ts';

/** What a caller is told of a body; it must be one that is refused. */
function messageOf(body: object): string {
  try {
    parseBody(sendRequestSchema, body);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('This body was taken.');
}

const rest = { from: 'shop@example.com', subject: 'Hello', text: 'Hi' };

describe('a masked message', () => {
  it.each([
    ['The address ada@example.com is on', 'The address a…@example.com is on'],
    ['addresses a@x.example, b.c+d@y.example are', 'addresses a…@x.example, b…@y.example are'],
    ["'ada@example.com'", "'…@example.com'"],
    ["o'brien@example.com", 'o…@example.com'],
    ['Ada <ada@example.com>', 'Ada <a…@example.com>'],
    ['"ada lovelace"@example.com', '…@example.com'],
    ['ada@home@example.com', 'a…@h…@example.com'],
    ['https://ada:word@www.example.com/', 'h…@www.example.com/'],
    ['no domain after the @, such as', 'no domain after the @, such as'],
    [`The key ml_live_${'k'.repeat(36)} is`, 'The key ml_live_… is'],
    ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw+/=', 'whsec_…'],
    ['a key that begins with ml_live_.', 'a key that begins with ml_live_.'],
    ["The 'reply_to' field is not known.", "The 'reply_to' field is not known."],
  ])('%s becomes %s', (text, expected) => {
    expect(masked(text)).toBe(expected);
    expect(masked(masked(text))).toBe(masked(text));
  });

  it.each([
    'canary',
    'canary lovelace@example.com',
    "can'ary lovelace@example.com",
    "canary'. x@example.com",
    'canary..@example.com',
    '.canary@exa_mple.com',
    '"canary x"@example.com',
    'cänary@example.com',
    'Canary Lovelace <canary@@example.com>',
    'Canary (x) <canary@example.com>',
    'canary@example.com, b@example.com',
    'Dear canary, your code is 1234',
    'x@ and all that the canary wrote',
    'canary\n@example.com',
    `${'canary'.repeat(60)}@example.com`,
  ])('of the address problem of %j holds nothing of it', (to) => {
    for (const body of [
      { ...rest, to },
      { ...rest, to: [to], cc: [to], bcc: [to, to], replyTo: to },
      { ...rest, from: to, to: 'ada@example.com' },
    ]) {
      expect(masked(messageOf(body))).not.toMatch(/c[aä]n'?ary|lovelace|1234/i);
    }
  });

  it('still names every field and what is wrong with it', () => {
    const message = masked(
      messageOf({ ...rest, to: "ada 'x'@example.com", cc: ['ada'], wrong: 1 }),
    );
    expect(message).toBe(
      "The 'to' field has a malformed part before the @, '…'. The 'cc[0]' field is not an email address: '…' has no @. The 'wrong' field is not known: the fields are from, to, subject, html, text, replyTo, cc, bcc, tags.",
    );
    expect(masked(messageOf({ ...rest, to: 'ada@exa_mple.com' }))).toContain("'exa_mple.com'");
  });

  it('holds no local part of a valid address, wherever it stands', () => {
    const seed = Date.now();
    process.stdout.write(`mask: seed ${seed}\n`);
    const local = fc.stringMatching(/^[a-z0-9!#$%&'*+\-/=?^_`{|}~]{3,20}(\.[a-z0-9]{1,9})?$/);
    const around = fc.constantFrom(' ', "'", ', ', '(', '<', '.', 'The address ', '\n');
    fc.assert(
      fc.property(local, around, around, (name, before, after) => {
        // What touches the address counts as its first character.
        const first = /[\s,(<]$/.test(before) ? name.charAt(0) : '';
        const hidden = masked(`${before}${name}@example.com${after}`);
        expect(hidden).toBe(`${before}${first}…@example.com${after}`);
      }),
      { seed, numRuns: 2000 },
    );
  });

  it('can be cut anywhere without showing more of an address', () => {
    const text = masked(`${'x'.repeat(8)} ada.lovelace@example.com`);
    for (let most = 1; most < 30; most += 1) {
      const cut = shortened(most, text);
      expect(cut).not.toContain('ad');
      expect([...cut].length).toBeLessThanOrEqual(most + 1);
    }
    expect(shortened(200, text)).toBe('xxxxxxxx a…@example.com');
  });
});
