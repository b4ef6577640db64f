import { expect, it } from '@jest/globals';
import { prove } from './prove.ts';

it('no secret and nothing of a mail is in logs, errors, dead-letter attributes or keys, and wrong keys look the same', async () => {
  const { figures, violations } = await prove((line) => console.log(line));
  expect(violations).toEqual([]);
  expect(figures.requests).toBeGreaterThan(100);
  expect(figures['parked messages']).toBeGreaterThan(5);
  expect(figures['routes asked with unknown, revoked and malformed keys']).toBe(34);
});
