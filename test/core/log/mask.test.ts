import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { masked, shortened } from '../../../lambdas/core/log/mask.ts';

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

  it('holds no local part of a valid address, in any position', () => {
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
