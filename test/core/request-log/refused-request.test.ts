import { describe, expect, it } from '@jest/globals';
import {
  type RefusedAnswer,
  recipientDomains,
  refusedRequest,
} from '../../../lambdas/core/request-log/refused-request.ts';
import { aKey, NOW } from '../email/fakes.ts';

const refused = (changes: Partial<RefusedAnswer> = {}): RefusedAnswer => ({
  at: NOW,
  key: aKey(),
  route: 'POST /api/v1/emails',
  status: 403,
  error: 'Recipient suppressed',
  message: 'The address ada@example.com is on your suppression list.',
  body: { to: 'ada@example.com', html: '<p>secret</p>' },
  ...changes,
});

describe('the domains of a body', () => {
  it.each<[unknown, string[]]>([
    [{ to: 'Ada <ada@Bücher.Example>' }, ['xn--bcher-kva.example']],
    [{ to: ['a@x.example', 'b@X.example'], cc: ['c@y.example'] }, ['x.example', 'y.example']],
    [{ to: 'nobody', bcc: ['a@b@c', 'a@x.example', 7, null] }, ['x.example']],
    [
      { to: Array.from({ length: 9 }, (_, i) => `a@d${i}.example`) },
      [0, 1, 2, 3, 4].map((i) => `d${i}.example`),
    ],
    [{ to: [...Array(50).fill('a@x.example'), 'a@late.example'] }, ['x.example']],
    [{ to: { a: 'a@x.example' }, address: 'a@x.example' }, []],
    [undefined, []],
    [null, []],
    ['a@x.example', []],
    [[{ to: 'a@x.example' }], []],
    [7, []],
  ])('%j are %j', (body, domains) => {
    expect(recipientDomains(body)).toEqual(domains);
  });
});

describe('what is kept of a refusal', () => {
  it('is who asked for what and why not, with nothing of the body but domains', () => {
    expect(refusedRequest(refused())).toEqual({
      time: '2026-11-23T05:50:00.250Z',
      key: { name: 'server', last4: 'abcd', environment: 'live' },
      route: 'POST /api/v1/emails',
      status: 403,
      error: 'Recipient suppressed',
      message: 'The address a…@example.com is on your suppression list.',
      recipientDomains: ['example.com'],
    });
  });

  it('is bounded in every part that a caller can lengthen', () => {
    const long = refusedRequest(
      refused({ message: 'm'.repeat(9000), route: `GET /${'r'.repeat(9000)}` }),
    );
    expect(long.message).toBe(`${'m'.repeat(500)}…`);
    expect(long.route).toHaveLength(201);
  });

  it.each([
    ['GET /api/v1/supressions/ada%40example.com', 'GET /api/v1/supressions/a…@example.com'],
    ['GET /ada@example.com/x', 'GET /a…@example.com/x'],
    ['GET /%E0%A4%A/ada@example.com', 'GET /%E0%A4%A/a…@example.com'],
    [`GET /ml_live_${'k'.repeat(36)}`, 'GET /ml_live_…'],
    ['DELETE /api/v1/suppressions/{address}', 'DELETE /api/v1/suppressions/{address}'],
  ])('of the route %s is %s', (route, expected) => {
    expect(refusedRequest(refused({ route })).route).toBe(expected);
  });
});
