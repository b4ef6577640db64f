import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAssembly } from '../../local/assembly.ts';
import { readSchedule } from '../../local/schedule.ts';
import { openTemplate } from '../../local/template/template.ts';

/** Names of the functions that run by the clock, by the template of a running local system. */
export async function scheduledFunctions(dataDir: string): Promise<ReadonlySet<string>> {
  const text = readFileSync(join(dataDir, 'endpoints.json'), 'utf8');
  const { assemblyDirectory } = JSON.parse(text) as { assemblyDirectory: string };
  const { template } = await readAssembly(assemblyDirectory);
  const rules = openTemplate(template, (name) => name).resources('AWS::Events::Rule');
  const targets = rules.flatMap((rule) => readSchedule(rule)?.targets ?? []);
  return new Set(targets.map(({ functionArn }) => functionArn.split(':').at(-1) ?? ''));
}
