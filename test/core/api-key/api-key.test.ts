import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keyId, makeKeyText, readKeyText } from '../../../lambdas/core/api-key/api-key.ts';

const SECRET = '0123456789ABCDEFGHIJKLMNOPQRST';
const environment = fc.constantFrom('live' as const, 'test' as const);

describe('the text of a key', () => {
  it('is its prefix, 30 base62 characters and a checksum of 6', () => {
    expect(makeKeyText('live')).toMatch(/^ml_live_[0-9A-Za-z]{36}$/);
    expect(makeKeyText('test')).toMatch(/^ml_test_[0-9A-Za-z]{36}$/);
    expect(makeKeyText('live')).not.toBe(makeKeyText('live'));
  });

  it('is read back as its environment and its SHA-256', () => {
    fc.assert(
      fc.property(environment, (world) => {
        const text = makeKeyText(world);
        expect(readKeyText(text)).toEqual({ environment: world, id: keyId(text) });
      }),
    );
    expect(keyId('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('with any one character changed is refused', () => {
    const character = fc.string({ minLength: 1, maxLength: 1 });
    fc.assert(
      fc.property(environment, fc.nat({ max: 43 }), character, (world, index, other) => {
        const text = makeKeyText(world, SECRET);
        fc.pre(text[index] !== other);
        const changed = text.slice(0, index) + other + text.slice(index + 1);
        expect(readKeyText(changed)).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  it('does not serve in the other environment', () => {
    const text = makeKeyText('test', SECRET);
    expect(readKeyText(text.replace('_test_', '_live_'))).toBeUndefined();
  });

  it.each(['', 'ml_live_', `${makeKeyText('live')} `, `${makeKeyText('live')}\n`, 'Bearer x'])(
    '%j is none',
    (text) => {
      expect(readKeyText(text)).toBeUndefined();
    },
  );
});
