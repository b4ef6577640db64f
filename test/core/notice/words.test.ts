import { describe, expect, it } from '@jest/globals';
import { domainWords } from '../../../lambdas/core/domain/notice.ts';
import {
  mailWords,
  quota80Words,
  quota100Words,
  quotaRefusedWords,
} from '../../../lambdas/core/notice/words.ts';
import { endpointWords } from '../../../lambdas/core/webhook/endpoint.ts';
import { aDomain } from '../email/fakes.ts';

const LATER =
  'The count resets on the first of next month, UTC. If you need more, ask the operator of this service for a larger plan.';

describe('what owners are told', () => {
  it('of the quota has figures that people can read, and says what to do', () => {
    expect(quota80Words(8000, 10_000)).toBe(
      `8,000 of this month's 10,000 emails are used. Emails over the limit are refused. ${LATER}`,
    );
    expect(quota100Words(10_000)).toBe(
      `All of this month's 10,000 emails are used. Further emails are refused with 'Monthly quota exceeded'. ${LATER}`,
    );
    expect(quotaRefusedWords(300)).toBe(
      `An email was refused with 'Monthly quota exceeded', because it would have exceeded this month's 300 emails. ${LATER}`,
    );
  });

  it('of a domain has the reason, or what to do where none is known', () => {
    expect(domainWords(aDomain())).toBe('example.com cannot send. Verify it again.');
    expect(domainWords(aDomain({ reason: 'No records.' }))).toBe(
      'example.com cannot send. No records.',
    );
  });

  it('of an endpoint has its address and the reason', () => {
    expect(endpointWords({ url: 'https://hooks.example/in' }, 'It answered 410.')).toBe(
      'The webhook endpoint https://hooks.example/in was disabled and receives nothing. It answered 410.',
    );
  });

  it.each([
    ['quota_80', null, "80 % of this month's emails are used"],
    ['quota_100', null, "This month's emails are used up"],
    ['domain_failed', 'shop.example', 'shop.example was not verified'],
    ['domain_demoted', 'shop.example', 'shop.example can no longer send'],
    ['endpoint_disabled', 'e'.repeat(24), 'A webhook endpoint was disabled'],
  ] as const)('by mail of %s about %p has the subject "%s"', (kind, about, subject) => {
    expect(mailWords({ kind, about, message: 'What happened.' }, 'Shop')).toEqual({
      subject,
      text: 'This is about your account "Shop".\n\nWhat happened.\n\nThe dashboard also shows this until it is resolved. You get this email once.',
    });
  });
});
