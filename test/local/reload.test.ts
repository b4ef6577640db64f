import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type System, startSystem } from '../../local/system.ts';
import { until } from '../kit/patience.ts';
import { RESOURCES, writeAssembly } from './assembly-fixture.ts';

let directory: string;
let system: System;
let lines: string[];

const tree = (file: string) => join(directory, 'tree', file);

async function change(file: string, ...text: readonly string[]): Promise<void> {
  await mkdir(dirname(tree(file)), { recursive: true });
  await writeFile(tree(file), `${text.join('\n')}\n`);
}

const answer = async () => (await fetch(`${system.apiUrl}/call`)).text();
const comes = (text: string) =>
  until(
    async () => (await answer()) === text,
    () => `${text} does not come:\n${lines.join('\n')}`,
  );
const isSaid = (line: string) => until(() => lines.includes(line), `No such line: ${line}`);

const SHARED = 'lambdas/core/greeting.ts';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'maillayer-reload-'));
  await mkdir(join(directory, 'assembly'));
  const Environment = { Variables: { NODE_OPTIONS: '--enable-source-maps' } };
  const Properties = { ...RESOURCES.Web.Properties, Environment };
  const Web = { ...RESOURCES.Web, Properties };
  await writeAssembly(join(directory, 'assembly'), { ...RESOURCES, Web });
  await change(SHARED, "export const greeting = 'one';");
  await change(
    'lambdas/Web/index.ts',
    "import { greeting } from '../core/greeting.ts';",
    'export const handler = async () => greeting;',
  );
  await change('lambdas/Worker/index.ts', "export const handler = async () => 'worker';");
  lines = [];
  system = await startSystem({
    dataDir: undefined,
    port: 0,
    assembly: join(directory, 'assembly'),
    seed: false,
    watch: join(directory, 'tree'),
    onLine: (name, line) => lines.push(`${name}: ${line}`),
  });
  await comes('one');
  lines.length = 0;
});
afterEach(async () => {
  await system.stop();
  await rm(directory, { recursive: true });
});

describe('a system that watches the sources of its functions', () => {
  it('runs the new code of a function after a change of a file that it shares', async () => {
    await change(SHARED, "export const greeting: string = 'two';");

    await comes('two');
    await isSaid('local: Reloaded Web');
    expect(lines).toEqual(['local: Reloaded Web']);
  });

  it('runs the code from before while the new one cannot be bundled, and says where that is wrong', async () => {
    await change(
      'lambdas/Web/index.ts',
      "import '../core/missing.ts';",
      'export const handler = 1;',
    );

    await isSaid('local: lambdas/Web/index.ts:1:8: Could not resolve "../core/missing.ts"');
    await isSaid('local: The functions run on with the code from before.');
    expect(await answer()).toBe('one');

    await change('lambdas/core/missing.ts', "export const handler = async () => 'found';");
    await change('lambdas/Web/index.ts', "export * from '../core/missing.ts';");
    await comes('found');
  });

  it('names the lines of the sources in a stack trace', async () => {
    await change(
      'lambdas/core/check.ts',
      'interface Given { readonly text: string }',
      '',
      'export function check({ text }: Given): never {',
      '  throw new Error(text);',
      '}',
    );
    await change(
      'lambdas/Web/index.ts',
      "import { check } from '../core/check.ts';",
      "export const handler = async () => check({ text: 'on purpose' });",
    );
    await comes('{"message":"Internal Server Error"}');

    const trace = () => lines.filter((line) => line.startsWith('Web:')).join('\n');
    await until(() => trace().includes('Web/index.ts'), trace);
    expect(trace()).toContain(`Error: on purpose`);
    expect(trace()).toContain(`${tree('lambdas/core/check.ts')}:4:9`);
    expect(trace()).toMatch(new RegExp(`${tree('lambdas/Web/index.ts')}:2:\\d+`));
  });
});
