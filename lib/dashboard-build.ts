import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type Build, buildOnce } from './build-once.ts';

const root = join(import.meta.dirname, '..');

function make(directory: string): void {
  const args = [join(root, 'dashboard', 'build.ts'), '--out-dir', directory];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stripVTControlCharacters(`${stderr}${stdout}`));
}

/** Patterns of the files that the dashboard is made of. The types of the API change nothing in what is built. */
export const DASHBOARD_SOURCES = [
  'dashboard/*.{html,json,ts}',
  'dashboard/public/**/*',
  'dashboard/src/**/!(*.d).*',
] as const;

/** The dashboard's files in `site/`, ready to be served, and beside it Vite's `manifest.json`. */
export function buildDashboard(): Build {
  return buildOnce({ kind: 'dashboards', inputs: DASHBOARD_SOURCES, make });
}
