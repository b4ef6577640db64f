import { expect, it } from '@jest/globals';
import { newSuppressionSchema } from '../../../lambdas/core/suppression/add-request.ts';
import { toldAbout } from '../http/refused-body.ts';

it.each([
  [{ address: 'ada@example.org' }, 'taken'],
  [{ address: 'ada@example.org', detail: null }, 'taken'],
  [{ address: 'ada@example.org', detail: 'Asked by phone.' }, 'taken'],
  [{ address: 7 }, "The 'address' field must be a string."],
  [{ address: 'ada' }, "The 'address' field is not an email address: it has no @."],
  [{ address: 'ada@example.org', detail: '' }, "The 'detail' field must not be empty."],
])('a suppression %j is told: %s', (body, message) => {
  expect(toldAbout(newSuppressionSchema, body)).toBe(message);
});
