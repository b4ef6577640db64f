import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const files = globSync('docs/adr/*.md').sort();

describe('a decision record', () => {
  it('has the number of its file, which leaves no gap', () => {
    const numbers = files.map((file) =>
      Number(/^# (\d+)\. /.exec(readFileSync(file, 'utf8'))?.[1]),
    );

    expect(numbers).toEqual(files.map((_, i) => i + 1));
    expect(files.map((file) => Number(/(\d{4})-/.exec(file)?.[1]))).toEqual(numbers);
  });

  it.each(files)('has a status, a date and the same sections as all others: %s', (file) => {
    const text = readFileSync(file, 'utf8');

    expect(text).toMatch(
      /^# .+\n\n- Status: (accepted|superseded by \d+)\n- Date: \d{4}-\d\d-\d\d\n\n/,
    );
    const sections = [...text.matchAll(/^## (.+)$/gm)].map(([, name]) => name);
    expect(sections.filter((name) => name !== 'Reasons')).toEqual([
      'Context',
      'Decision',
      'Consequences',
    ]);
  });
});
