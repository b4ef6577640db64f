import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { safeParse } from 'valibot';
import { domainRecords } from '../../lambdas/core/domain/dns-records.ts';
import { domainSchema, domainView } from '../../lambdas/core/domain/view.ts';
import { aDomain } from '../core/email/fakes.ts';

const text = readFileSync('docs/api.md', 'utf8');
const section = text.slice(text.indexOf('\n## Domains\n'), text.indexOf('\n## Suppressions\n'));

describe('docs/api.md', () => {
  it('shows under Domains exactly the keys that there are', () => {
    const shown = JSON.parse(/```json\n(.*?)```/s.exec(section)?.[1] ?? '');
    const view = domainView(aDomain({ dkimTokens: ['a', 'b', 'c'] }), 'us-east-1');
    expect(Object.keys(shown)).toEqual(Object.keys(view));
    expect(shown.records.map(Object.keys)).toEqual(
      [view.records[0], view.records[3]].map((record) => Object.keys(record ?? {})),
    );
    expect(safeParse(domainSchema, shown).success).toBe(true);
  });

  it('names every purpose and every status', () => {
    const records = domainRecords({ name: 'shop.example', dkimTokens: ['a'] }, 'us-east-1');
    for (const { purpose } of records) expect(section).toContain(`\n| \`${purpose}\` |`);
    for (const status of ['pending', 'verified', 'failed']) {
      expect(section).toContain(`\n| \`${status}\` |`);
    }
  });
});
