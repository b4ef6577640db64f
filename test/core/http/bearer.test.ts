import { describe, expect, it } from '@jest/globals';
import { bearerOf } from '../../../lambdas/core/http/authenticate.ts';

describe('the credential of a request', () => {
  it.each<[string, string | undefined]>([
    ['Bearer ml_live_a', 'ml_live_a'],
    ['bearer ml_live_a', 'ml_live_a'],
    ['BEARER   ml_live_a', 'ml_live_a'],
    ['Bearer', undefined],
    ['Bearer ', undefined],
    ['Bearer ml_live_a ml_live_b', undefined],
    ['Basic Bearer ml_live_a', undefined],
    ['ml_live_a', undefined],
    ['', undefined],
  ])("in '%s' is %p", (authorization, credential) => {
    expect(bearerOf({ authorization })).toBe(credential);
  });

  it('is missing where the header is', () => {
    expect(bearerOf({})).toBeUndefined();
    expect(bearerOf(undefined)).toBeUndefined();
  });
});
