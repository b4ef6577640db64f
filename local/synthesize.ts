import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { ROOT, startNode } from './child-process.ts';
import { SEED_USER } from './seed-user.ts';
import { StartError } from './start-error.ts';

/** What `bin/assembly.ts` prints, a line each. */
const lineSchema = v.union([v.object({ doing: v.string() }), v.object({ directory: v.string() })]);

const cdkSchema = v.object({ context: v.optional(v.record(v.string(), v.unknown()), {}) });

/**
 * Synthesizes the stack without the CDK CLI, which takes longer to load than the app; what was synthesized before and is
 * unchanged is used again.
 *
 * @param given context beyond that of `cdk.json`
 * @param onProgress told what is being done, in a few words
 * @returns the cloud assembly's directory
 * @throws StartError with what the app wrote when it fails.
 */
export async function synthesize(
  given: Readonly<Record<string, unknown>>,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (sentence: string) => void },
): Promise<string> {
  const cdk = v.parse(cdkSchema, JSON.parse(await readFile(join(ROOT, 'cdk.json'), 'utf8')));
  const context = {
    ...cdk.context,
    // Paths name the functions in the logs; the CLI asks for them too.
    'aws:cdk:enable-path-metadata': true,
    // A third of the time, for rules that matter where it is deployed; `cdk synth` applies them.
    '@aws-cdk/core:validateAgainstDefaultRules': false,
    adminEmail: SEED_USER.email,
    ...given,
  };
  const child = startNode(
    ['bin/assembly.ts'],
    { CDK_CONTEXT_JSON: JSON.stringify(context) },
    signal,
  );
  child.stdin.end();
  const complaints = text(child.stderr);
  const closed = once(child, 'close') as Promise<[code: number | null]>;
  // Awaited below; an abort ends the lines first.
  closed.catch(() => undefined);
  let directory = '';
  for await (const line of createInterface({ input: child.stdout })) {
    const said = v.parse(lineSchema, JSON.parse(line));
    if ('doing' in said) onProgress(said.doing);
    else directory = said.directory;
  }
  const [code] = await closed;
  if (code !== 0) {
    throw new StartError(`The stack could not be synthesized:\n${(await complaints).trim()}`);
  }
  return directory;
}
