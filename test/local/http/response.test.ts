import { describe, expect, it } from '@jest/globals';
import { toResponse } from '../../../local/http/response.ts';

const returned = (value: unknown) => toResponse({ ok: true, payload: JSON.stringify(value) });
const JSON_TYPE = { 'content-type': 'application/json' };
const FAILED = {
  status: 500,
  headers: JSON_TYPE,
  cookies: [],
  body: '{"message":"Internal Server Error"}',
};

describe('the response to a call', () => {
  it('is what the function states', () => {
    const response = returned({
      statusCode: 202,
      headers: { 'Content-Type': 'application/json', 'X-RateLimit-Limit': 100 },
      cookies: ['a=1', 'b=2'],
      body: '{}',
    });
    expect(response).toEqual({
      status: 202,
      headers: { ...JSON_TYPE, 'x-ratelimit-limit': '100' },
      cookies: ['a=1', 'b=2'],
      body: '{}',
    });
  });

  it('has its body decoded from base64', () => {
    const { body } = returned({ statusCode: 200, body: 'aGk=', isBase64Encoded: true });
    expect(body.toString()).toBe('hi');
  });

  it('is plain text where the function names no type', () => {
    expect(returned({ statusCode: 200, body: 'hi' }).headers).toEqual({
      'content-type': 'text/plain;charset=UTF-8',
    });
  });

  it.each([
    [{ hello: 'there' }, '{"hello":"there"}'],
    ['plain', 'plain'],
    [[1], '[1]'],
    [null, 'null'],
  ])('without a status code is the whole of it as JSON: %j', (value, body) => {
    expect(returned(value)).toEqual({ status: 200, headers: JSON_TYPE, cookies: [], body });
  });

  it.each([
    [{ statusCode: 'abc' }],
    [{ statusCode: 200, body: { not: 'text' } }],
    [{ statusCode: 2.5 }],
  ])('of a wrong shape is a 500: %j', (value) => {
    expect(returned(value)).toEqual(FAILED);
  });

  it('to a call that failed is a 500 without the reason', () => {
    expect(toResponse({ ok: false, errorType: 'E', errorMessage: 'secret' })).toEqual(FAILED);
  });
});
