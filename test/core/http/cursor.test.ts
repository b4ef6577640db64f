import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCursor, writeCursor } from '../../../lambdas/core/http/pages.ts';
import { Refusal } from '../../../lambdas/core/http/refusal.ts';

const LIST = ['account', 'live', undefined, 'sent'];

describe('a cursor', () => {
  it('gives its position back to the list that it was made for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (position) => {
        const cursor = writeCursor(LIST, position);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(readCursor(LIST, cursor)).toBe(position);
      }),
    );
  });

  it.each([
    [['other', 'live', undefined, 'sent']],
    [['account', 'test', undefined, 'sent']],
    [['account', 'live', 'sent', undefined]],
    [['account', 'live']],
  ])('is refused by the list %j', (list) => {
    expect(() => readCursor(list, writeCursor(LIST, 'x'))).toThrow(Refusal);
  });

  it('that is broken is a 400 which says what to do, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json().map(base64url)), (cursor) => {
        expect(() => readCursor(LIST, cursor)).toThrow(
          expect.objectContaining({ status: 400, message: expect.stringContaining('nextCursor') }),
        );
      }),
    );
  });
});

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
