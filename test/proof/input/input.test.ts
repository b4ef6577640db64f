import { describe, expect, it } from '@jest/globals';
import { prove } from './prove.ts';

describe('malformed input', () => {
  it('gets answers that the document foresees, and reaches no header of a mail', async () => {
    const { figures, violations } = await prove(console.log);
    expect(violations).toEqual([]);
    expect(figures).toMatchObject({
      routes: 33,
      'fewest requests of a route': 12,
      'hostile texts': 12,
    });
  });
});
