import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { ROOT, runNode } from './child-process.ts';
import { SEED_USER } from './seed-user.ts';
import { StartError } from './start-error.ts';

const cdkSchema = v.object({ context: v.optional(v.record(v.string(), v.unknown()), {}) });

/**
 * Runs the CDK app as the CDK CLI does, without it: the CLI itself takes longer to load than the app.
 *
 * @param output directory for the cloud assembly
 * @param given context beyond that of `cdk.json`
 * @throws StartError with what the app wrote when it fails.
 */
export async function synthesize(
  output: string,
  given: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<void> {
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
  const ended = await runNode(
    ['bin/maillayer.ts'],
    { CDK_OUTDIR: output, CDK_CONTEXT_JSON: JSON.stringify(context) },
    signal,
  );
  if (ended.code !== 0) {
    const told = `${ended.stderr}${ended.stdout}`.trim();
    throw new StartError(`The stack could not be synthesized:\n${told}`);
  }
}
