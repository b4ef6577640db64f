import { describe, expect, it } from '@jest/globals';
import { lintPlanted } from './planted.ts';

const lines = (count: number, line: string) => `${line}\n`.repeat(count);

/** [rule, a file that breaks it, its text, the line of the complaint]. */
const BREACHES: readonly [string, string, string, number][] = [
  [
    'nursery/noFloatingPromises',
    'lib/floating.ts',
    'async function work(): Promise<void> {}\nexport function start(): void {\n  work();\n}\n',
    3,
  ],
  [
    'nursery/noMisusedPromises',
    'lib/misused.ts',
    'async function work(): Promise<boolean> {\n  return true;\n}\nexport const is = () => {\n  if (work()) return 1;\n  return 2;\n};\n',
    5,
  ],
  [
    'suspicious/noImportCycles',
    'lib/cycle-a.ts',
    "import { b } from './cycle-b.ts';\nexport const a = () => b;\n",
    1,
  ],
  ['correctness/useImportExtensions', 'lib/extension.ts', "import './cycle-b';\n", 1],
  ['correctness/noUndeclaredDependencies', 'lib/undeclared.ts', "import 'left-pad';\n", 1],
  ['performance/noBarrelFile', 'lib/barrel.ts', "export * from './cycle-b.ts';\n", 1],
  [
    'style/useImportType',
    'lib/type.ts',
    "import { T } from './t.ts';\nexport const f = (t: T): T => t;\n",
    1,
  ],
  ['style/noProcessEnv', 'lambdas/accept-email/handler.ts', 'export const a = process.env.A;\n', 1],
  ['suspicious/noConsole', 'lambdas/core/email/says.ts', "console.log('x');\n", 1],
  ['suspicious/noExplicitAny', 'lib/any.ts', 'export const a = (b: any) => b;\n', 1],
  [
    'style/noNonNullAssertion',
    'lib/non-null.ts',
    'export const a = (b: string | undefined) => b!.length;\n',
    1,
  ],
  [
    'complexity/noExcessiveLinesPerFunction',
    'lib/long-function.ts',
    `export function long(log: (n: number) => void): void {\n${lines(41, '  log(1);')}}\n`,
    1,
  ],
  ['style/noExcessiveLinesPerFile', 'lib/long-file.ts', lines(251, 'export {};'), 1],
];

const LEGAL: readonly [string, string][] = [
  ['lambdas/get-email/index.ts', 'export const a = process.env.A;\n'],
  ['bin/admin/say.ts', "console.log('x');\n"],
  ['lib/cycle-b.ts', "import { a } from './cycle-a.ts';\n\nexport const b = () => a;\n"],
  ['lib/t.ts', 'export type T = string;\n'],
  [
    'lib/awaits.ts',
    'async function work(): Promise<void> {}\n\nexport async function start(): Promise<void> {\n  await work();\n}\n',
  ],
];

const complaints = lintPlanted(
  new Map([...BREACHES.map(([, file, text]) => [file, text] as const), ...LEGAL]),
);

describe('lint', () => {
  for (const [rule, file, , line] of BREACHES) {
    it(`has ${rule} as an error`, () => {
      expect([...complaints].filter((each) => each.startsWith(`${file}:`))).toContain(
        `${file}:${line} ${rule}`,
      );
    });
  }

  it('has nothing to say of files that keep the rules', () => {
    const clean = LEGAL.map(([file]) => file).filter((file) => file !== 'lib/cycle-b.ts');
    const about = [...complaints].filter((each) =>
      clean.some((file) => each.startsWith(`${file}:`)),
    );
    expect(about).toEqual([]);
  });
});
