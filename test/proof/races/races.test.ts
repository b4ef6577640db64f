import { expect, it } from '@jest/globals';
import { prove } from './prove.ts';

it('of many at once exactly as many come in as may', async () => {
  const { figures, violations } = await prove((line) => console.log(line));
  console.log(figures);
  expect(violations).toEqual([]);
});
