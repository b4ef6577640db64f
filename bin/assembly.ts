/**
 * Prints the directory of the cloud assembly for the context in `CDK_CONTEXT_JSON`, below `dist/`, as `{"directory":"…"}`.
 * It synthesizes only when the sources, the packages or the context have changed, and prints `{"doing":"…"}` for each step.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildOnce } from '../lib/build-once.ts';
import { buildDashboard, DASHBOARD_SOURCES } from '../lib/dashboard-build.ts';
import { bundleFunctions, FUNCTION_SOURCES } from '../lib/function-bundles.ts';

type Line = { readonly doing: string } | { readonly directory: string };

const say = (line: Line) => process.stdout.write(`${JSON.stringify(line)}\n`);

function synthesizeInto(directory: string): void {
  say({ doing: 'Bundling the functions' });
  bundleFunctions();
  say({ doing: 'Building the dashboard' });
  buildDashboard();
  say({ doing: 'Synthesizing the stack' });
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, 'maillayer.ts')], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, CDK_OUTDIR: directory },
    stdio: ['ignore', 2, 2],
  });
  // The app has said why.
  if (status !== 0) process.exit(1);
}

const { directory } = buildOnce({
  kind: 'assemblies',
  inputs: ['bin/*.ts', 'lib/**/*.ts', 'cdk.json', ...FUNCTION_SOURCES, ...DASHBOARD_SOURCES],
  settings: process.env.CDK_CONTEXT_JSON ?? '',
  make: synthesizeInto,
});
say({ directory });
