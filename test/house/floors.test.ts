import { globSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FLOORS, type Floor, PACKAGES } from './floors.ts';

const IMPORT = /(?:^|\s)(?:from|import)\s*\(?'([^']+)'/gm;

const heightOf = (file: string) => FLOORS.findIndex(({ files }) => files.test(file));

/** What is wrong with one import; undefined where the floors allow it. */
function breachOf(file: string, from: string): string | undefined {
  const height = heightOf(file);
  const floor = FLOORS[height] as Floor;
  const { name, only, not = [] } = floor;
  if (!from.startsWith('.')) {
    const rule = PACKAGES.find(
      ({ packages, floors }) => packages.test(from) && !floors.includes(name),
    );
    return rule && `${file}: the floor "${name}" may not import ${from}`;
  }
  const target = join(dirname(file), from).split(sep).join('/');
  const lower = heightOf(target);
  const below = FLOORS[lower];
  if (!below) return `${file}: ${from} is on no floor`;
  if (floor.isApart && below.isApart && dirname(file) !== dirname(target)) {
    return `${file}: ${from} belongs to another function`;
  }
  if (lower === height) return undefined;
  const isAllowed =
    lower < height && !not.includes(below.name) && (only?.includes(below.name) ?? true);
  return isAllowed
    ? undefined
    : `${file}: the floor "${name}" may not import ${from} ("${below.name}")`;
}

/** The imports of a file, those of types included. */
const importsOf = (text: string) => [...text.matchAll(IMPORT)].map(([, from = '']) => from);

const FILES = globSync('{lambdas,lib,local,bin,dashboard/src}/**/*.{ts,tsx}').map((file) =>
  file.split(sep).join('/'),
);

describe('the floors of the source', () => {
  it('hold every file', () => {
    expect(FILES.length).toBeGreaterThan(500);
    expect(FILES.filter((file) => heightOf(file) === -1)).toEqual([]);
  });

  it('are imported from above only', () => {
    const breaches = FILES.flatMap((file) =>
      importsOf(readFileSync(file, 'utf8')).flatMap((from) => breachOf(file, from) ?? []),
    );
    expect(breaches).toEqual([]);
  });

  it.each([
    ['lambdas/core/email/accept.ts', '../webhook/endpoint.ts'],
    ['lambdas/core/value/id.ts', '../contract/limits.ts'],
    ['lambdas/core/table/table.ts', '../http/route.ts'],
    ['lambdas/core/aws/queues.ts', '../table/table.ts'],
    ['lambdas/core/email/accept.ts', 'node:fs'],
    ['lambdas/accept-email/handler.ts', '../core/table/table.ts'],
    ['lambdas/accept-email/handler.ts', '../get-email/handler.ts'],
    ['lambdas/accept-email/handler.ts', '@aws-sdk/client-s3'],
    ['lib/api.ts', '../lambdas/accept-email/handler.ts'],
    ['local/start.ts', '../lib/api.ts'],
    ['dashboard/src/main.tsx', '../../lambdas/core/value/id.ts'],
  ])('do not let %s import %s', (file, from) => {
    expect(breachOf(file, from)).toBeDefined();
  });
});
