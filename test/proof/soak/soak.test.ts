import { expect, it } from '@jest/globals';
import { prove } from './prove.ts';

it('workers that are killed, doubled messages and lost answers neither lose nor double a mail', async () => {
  const { figures, violations } = await prove((line) => console.log(line));
  console.log(figures);
  expect(violations).toEqual([]);
});
