import { expect, it } from '@jest/globals';
import { prove } from './prove.ts';

it('no fault, nor any two, loses, doubles or holds up a mail or its webhook, and planted bugs are found', async () => {
  const { figures, violations } = await prove((line) => console.log(line));
  expect(violations).toEqual([]);
  expect(figures['calls of a run without faults']).toBeGreaterThan(60);
  expect(figures['runs in all']).toBeGreaterThan(Number(figures['single faults']));
});
