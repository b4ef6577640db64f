import { expect, it } from '@jest/globals';
import { eventTags, mailOf } from '../../../lambdas/core/email/event-tags.ts';
import { ACCOUNT, anEmail, EMAIL, NONCE } from './fakes.ts';
import { at } from './ses-events.ts';

it("a mail's tags name it, the accept, the attempt and the environment, in characters that SES takes", () => {
  const tags = eventTags(anEmail({ environment: 'test' }), 3);
  expect(tags).toEqual({
    'ml-account': ACCOUNT,
    'ml-email': EMAIL,
    'ml-nonce': NONCE,
    'ml-attempt': '3',
    'ml-environment': 'test',
  });
  expect(Object.entries(tags).flat().join('')).toMatch(/^[A-Za-z0-9_-]+$/);
});

it('an event of our own repeats them as SES does, as arrays', () => {
  const mail = mailOf(anEmail(), 1);
  expect(mail.timestamp).toBe(at(0));
  expect(mail.tags).toMatchObject({ 'ml-attempt': ['1'], 'ml-environment': ['live'] });
});
