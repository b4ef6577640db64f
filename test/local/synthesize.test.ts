import { randomInt } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { readAssembly } from '../../local/assembly.ts';
import { StartError } from '../../local/start-error.ts';
import { synthesize } from '../../local/synthesize.ts';

const { signal } = new AbortController();

function run(context: Readonly<Record<string, unknown>>) {
  const steps: string[] = [];
  const directory = synthesize(context, { signal, onProgress: (step) => steps.push(step) });
  return { steps, directory };
}

it('synthesizing tells each step, and does nothing when the same was synthesized before', async () => {
  // A setting that hardly any earlier run has had.
  const context = { retentionDays: randomInt(31, 3650) };

  const first = run(context);
  const directory = await first.directory;
  const second = run(context);

  expect(first.steps).toEqual([
    'Bundling the functions',
    'Building the dashboard',
    'Synthesizing the stack',
  ]);
  expect(await second.directory).toBe(directory);
  expect(second.steps).toEqual([]);
  expect(JSON.stringify((await readAssembly(directory)).template)).toContain(
    `"RETENTION_DAYS":"${context.retentionDays}"`,
  );
});

it('synthesizing fails with what the app says of a wrong context', async () => {
  const failed = run({ retentionDays: 'never' }).directory;

  await expect(failed).rejects.toThrow(StartError);
  await expect(failed).rejects.toThrow(
    /could not be synthesized:\nThe context value "retentionDays"/,
  );
});
