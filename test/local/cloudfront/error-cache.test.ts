import { describe, expect, it } from '@jest/globals';
import { ErrorCache } from '../../../local/cloudfront/error-cache.ts';

const error = { status: 404, headers: {}, body: 'none' };

describe('the cache of errors', () => {
  it('keeps an error for its time, for all callers who read the path', () => {
    let now = 0;
    const cache = new ErrorCache(
      () => 10,
      () => now,
    );
    cache.keep('/a', error);
    now = 9999;
    expect(cache.find('GET', '/a')).toEqual(error);
    expect(cache.find('HEAD', '/a')).toEqual(error);
    expect(cache.find('POST', '/a')).toBeUndefined();
    expect(cache.find('GET', '/b')).toBeUndefined();
    now = 10_000;
    expect(cache.find('GET', '/a')).toBeUndefined();
  });

  it('keeps what answered a GET, and what has a time', () => {
    const cache = new ErrorCache((status) => (status === 404 ? 10 : 0));
    expect([cache.keeps('GET', 404), cache.keeps('HEAD', 404), cache.keeps('POST', 404)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(cache.keeps('GET', 200)).toBe(false);
  });
});
