import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { newKey, newKeySchema } from '../../../lambdas/core/api-key/create-request.ts';
import { toldAbout } from '../http/refused-body.ts';

const DOMAIN = "The 'domain' field must be a full domain name, such as example.com.";
const PRINTABLE = "The 'name' field must hold printable characters only.";

describe('a request for a key', () => {
  it.each([
    [{ name: 'Web shop' }],
    [{ name: 'x'.repeat(100), environment: 'test', scope: 'full', domain: 'example.com.' }],
    [{ name: 'Grüße', environment: null, scope: null, domain: null }],
  ])('is taken: %j', (body) => {
    expect(toldAbout(newKeySchema, body)).toBe('taken');
  });

  it.each([
    [{ name: 7 }, "The 'name' field must be a string."],
    [{ name: '' }, "The 'name' field must not be empty."],
    [{ name: '  ' }, "The 'name' field must not be empty."],
    [{ name: 'x'.repeat(101) }, "The 'name' field must have at most 100 characters."],
    [{ name: 'a\nb' }, PRINTABLE],
    [{ name: '\u2028b' }, PRINTABLE],
    [{ name: 'b\ud800' }, PRINTABLE],
    [{ environment: 'dev' }, "The 'environment' field must be 'live' or 'test'."],
    [{ scope: 'read' }, "The 'scope' field must be 'send' or 'full'."],
    [{ domain: 7 }, "The 'domain' field must be a string."],
    [{ domain: 'localhost' }, DOMAIN],
    [{ domain: 'example.com..' }, DOMAIN],
    [{ domain: '' }, DOMAIN],
  ])('is refused with %j', (change, message) => {
    expect(toldAbout(newKeySchema, { name: 'Web shop', ...change })).toBe(message);
  });

  it('makes a live key that only sends, for every domain, unless it says otherwise', () => {
    const made = newKey(v.parse(newKeySchema, { name: 'Web shop', domain: null }));
    expect(made).toEqual({ name: 'Web shop', environment: 'live', scope: 'send' });
    expect(made).not.toHaveProperty('domain');
  });

  it('binds a key to a domain in punycode and lower case, without a dot at its end', () => {
    const asked = { name: 'k', environment: 'test', scope: 'full' } as const;
    expect(newKey({ ...asked, domain: 'Bücher.Example.' })).toEqual({
      ...asked,
      domain: 'xn--bcher-kva.example',
    });
  });
});
