import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fingerprintOf } from '../../../lambdas/core/email/accept.ts';
import type { SendRequest } from '../../../lambdas/core/email/send-request.ts';
import { idempotentId, randomId } from '../../../lambdas/core/value/id.ts';
import { ACCOUNT } from './fakes.ts';

const fingerprint = (value: unknown) => fingerprintOf(value as SendRequest);
const reversed = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(reversed)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .map(([key, inner]) => [key, reversed(inner)])
            .reverse(),
        )
      : value;
const json = fc.dictionary(fc.string(), fc.jsonValue()).map((v) => JSON.parse(JSON.stringify(v)));

describe('a fingerprint', () => {
  it('is the same whatever the order of the keys', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(fingerprint(reversed(value))).toBe(fingerprint(value));
      }),
    );
  });

  it('differs for different JSON values', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), fc.string(), (value, key) => {
        expect(fingerprint({ ...value, [key]: [value[key]] })).not.toBe(fingerprint(value));
      }),
    );
    expect(fingerprint({ to: 'a@b.co' })).not.toBe(fingerprint({ to: ['a@b.co'] }));
    expect(fingerprint({ to: ['a', 'b'] })).not.toBe(fingerprint({ to: ['b', 'a'] }));
    expect(fingerprint({ subject: '1' })).not.toBe(fingerprint({ subject: 1 }));
  });

  it('is 32 hex digits', () => {
    expect(fingerprint({ to: 'a@b.co' })).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('an id', () => {
  it('is 24 lower-case hex digits, random or made from a key', () => {
    expect(randomId()).toMatch(/^[0-9a-f]{24}$/);
    expect(randomId()).not.toBe(randomId());
    expect(idempotentId(ACCOUNT, 'live', 'order-1')).toMatch(/^[0-9a-f]{24}$/);
  });

  it('made from a key is the same for account, environment and key, and no other', () => {
    const id = idempotentId(ACCOUNT, 'live', 'order-1');
    expect(idempotentId(ACCOUNT, 'live', 'order-1')).toBe(id);
    expect(idempotentId(ACCOUNT, 'test', 'order-1')).not.toBe(id);
    expect(idempotentId(ACCOUNT, 'live', 'order-2')).not.toBe(id);
    expect(idempotentId('b'.repeat(24), 'live', 'order-1')).not.toBe(id);
  });
});
