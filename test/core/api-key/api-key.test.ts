import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import {
  isListed,
  isUseNoted,
  makeKeyText,
  readKeyText,
} from '../../../lambdas/core/api-key/api-key.ts';
import { newKey, newKeySchema } from '../../../lambdas/core/api-key/create-request.ts';
import { apiKeySchema, apiKeyView } from '../../../lambdas/core/api-key/view.ts';
import { keyId } from '../../../lambdas/core/value/id.ts';
import { aKey, NOW } from '../email/fakes.ts';

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

const at = (milliseconds: number) => new Date(NOW + milliseconds).toISOString();

describe('a key', () => {
  it('was noted as used less than a minute ago, or is to be noted', () => {
    expect(isUseNoted(aKey(), NOW)).toBe(false);
    expect(isUseNoted(aKey({ lastUsedAt: at(0) }), NOW + 59_999)).toBe(true);
    expect(isUseNoted(aKey({ lastUsedAt: at(0) }), NOW + 60_000)).toBe(false);
    expect(isUseNoted(aKey({ lastUsedAt: at(5) }), NOW)).toBe(true);
  });

  it('is listed until 30 days after it was revoked', () => {
    const days = 30 * 24 * 3600 * 1000;
    expect(isListed(aKey(), NOW + 10 * days)).toBe(true);
    expect(isListed(aKey({ revokedAt: at(0) }), NOW + days - 1)).toBe(true);
    expect(isListed(aKey({ revokedAt: at(0) }), NOW + days)).toBe(false);
  });

  it('is shown with null for what it has not', () => {
    const bare = apiKeyView(aKey({ environment: 'test' }));
    expect(bare).toMatchObject({ domain: null, lastUsedAt: null, revokedAt: null });
    expect(bare.prefix).toBe('ml_test_');
    const full = { domain: 'example.com', lastUsedAt: at(1), revokedAt: at(2) };
    for (const each of [aKey(), aKey(full)]) v.parse(apiKeySchema, apiKeyView(each));
    expect(apiKeyView(aKey(full))).toMatchObject(full);
  });
});

describe('a request for a key', () => {
  it('is completed with what is safe to guess, and its domain is normalised', () => {
    const read = (body: object) => newKey(v.parse(newKeySchema, body));
    expect(read({ name: 'n' })).toEqual({ name: 'n', environment: 'live', scope: 'send' });
    expect(read({ name: 'n', domain: 'Bücher.Example.' })).toEqual({
      ...{ name: 'n', environment: 'live', scope: 'send' },
      domain: 'xn--bcher-kva.example',
    });
  });

  it.each(['', '.', 'example.com..', 'example', '1.2.3.4', '[::1]', 'a b.example', 'x@a.example'])(
    'is refused for the domain %j',
    (domain) => {
      expect(v.safeParse(newKeySchema, { name: 'n', domain }).success).toBe(false);
    },
  );
});
