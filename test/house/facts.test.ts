import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DEFAULT_PLANS } from '../../lambdas/core/contract/plans.ts';
import { sendRequestSchema } from '../../lambdas/core/email/send-request.ts';
import { EMAIL_STATUSES } from '../../lambdas/core/email/status.ts';
import { readConfiguration } from '../../lib/configuration.ts';

const read = (file: string) => readFileSync(file, 'utf8');

/** The code words in the first cells of a document's tables. */
function named(file: string): string[] {
  const cells = read(file).matchAll(/^\| ([^|]*) \|/gm);
  return [...cells].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word),
  );
}

/** What a source says in the form `name: 'value'` or `, 'value')`, by a pattern with one group. */
const written = (files: string, pattern: RegExp) =>
  globSync(files).flatMap((file) => [...read(file).matchAll(pattern)].map(([, word = '']) => word));

const missing = (words: readonly string[], document: readonly string[] | string) =>
  [...new Set(words)].filter((word) => !document.includes(word));

describe('the documents name', () => {
  it('every option of a deployment, and no other', () => {
    const { context } = JSON.parse(read('cdk.json')) as { context: Record<string, unknown> };
    const options = Object.keys(readConfiguration(context)).sort();
    expect(named('docs/deploy.md').sort()).toEqual(options);
  });

  it('every field, status and plan of the API', () => {
    const fields = Object.keys(sendRequestSchema.pipe[0].entries);
    expect(missing([...fields, ...EMAIL_STATUSES], named('docs/api.md'))).toEqual([]);
    for (const [name, plan] of Object.entries(DEFAULT_PLANS)) {
      const number = (value: number | null) => value?.toLocaleString('en-US') ?? 'unlimited';
      const cells = [plan.emailsPerMonth, plan.domains, plan.requestsPerSecond].map(number);
      expect(read('docs/api.md')).toContain(`| ${[name, ...cells].join(' | ')} |`);
    }
  });

  it('every error of the API', () => {
    const [, table = ''] = /STATUS = \{(.*?)\}/s.exec(read('lambdas/core/http/refusal.ts')) ?? [];
    const errors = [...table.matchAll(/^ +'?([A-Z][\w ]+)'?: (\d+)/gm)];
    expect(errors.length).toBeGreaterThan(10);
    for (const [, error, status] of errors) {
      expect(read('docs/api.md')).toMatch(new RegExp(`^\\| ${status} \\| .*\`${error}\``, 'm'));
    }
  });

  it('every reason for which an email fails', () => {
    const codes = [
      ...written('lambdas/core/email/**/*.ts', /\bcode: '(\w+)'/g),
      ...written('lambdas/park-email/handler.ts', /\bcode: '(\w+)'/g),
    ];
    expect(codes.length).toBeGreaterThan(5);
    expect(missing(codes, named('docs/api.md'))).toEqual([]);
  });

  it('every reason for which emails wait, and for which a message is a dead letter', () => {
    const closed = written('lambdas/core/sending/gate.ts', /\bcode: '(\w+)'/g);
    const parked = written(
      'lambdas/{*/handler,core/queue/consume}.ts',
      /park\(record\.body, '(\w+)'\)/g,
    );
    expect(closed.length * parked.length).toBeGreaterThan(5);
    expect(missing([...closed, ...parked], named('docs/operate.md'))).toEqual([]);
  });
});

describe('docs/guarantees.md', () => {
  const text = read('docs/guarantees.md');

  it('names tests that are there', () => {
    const paths = [...text.matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(15);
    expect(paths.filter((path) => globSync(path).length === 0)).toEqual([]);
  });

  it('shows every promise by a test or a scenario', () => {
    const rows = text.split('\n').filter((line) => /^\| [^-p]/.test(line));
    expect(rows.length).toBeGreaterThan(15);
    const bare = rows.filter((row) => !/`(test\/|npm run )[^`]+`[^|]*\|$/.test(row));
    expect(bare).toEqual([]);
  });

  it('names every proof that there is', () => {
    const proofs = globSync('test/proof/*/prove.ts').map((file) =>
      file.replace(/\/prove\.ts$/, ''),
    );
    expect(proofs.length).toBeGreaterThan(2);
    expect(missing(proofs, text)).toEqual([]);
  });
});

describe('docs/local.md', () => {
  it('says of each difference what is here, what is on AWS, and what follows', () => {
    const [, table = ''] = read('docs/local.md').split('## What differs from AWS');
    const rows = table.split('\n').filter((line) => /^\| (?!\*\*|here )/.test(line));
    expect(rows.length).toBeGreaterThan(40);
    const cells = rows.map((row) => row.split(/(?<!\\)\|/).slice(1, -1));
    expect(
      cells.filter((row) => row.length !== 3 || row.some((cell) => cell.trim() === '')),
    ).toEqual([]);
  });
});
