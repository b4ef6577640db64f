import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const root = join(import.meta.dirname, '..');

/** What the build depends on: its own files and the versions of its packages. */
const INPUTS = ['dashboard/*.{html,json,ts}', 'dashboard/{public,src}/**/*', 'package-lock.json'];

function hashOfInputs(): string {
  const hash = createHash('sha256');
  const files = globSync(INPUTS, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'schema.d.ts')
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

function build(output: string): void {
  const draft = `${output}.${randomUUID()}`;
  const args = [join(root, 'dashboard', 'build.ts'), '--out-dir', draft];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stripVTControlCharacters(`${stderr}${stdout}`));
  try {
    renameSync(draft, output);
  } catch (error) {
    // A synth beside this one was first; both built the same.
    if (!existsSync(output)) throw error;
    rmSync(draft, { recursive: true });
  }
}

/** The dashboard's files, ready to be served; beside their directory lies Vite's `manifest.json`. */
export interface DashboardBuild {
  readonly directory: string;
  /** Changes with the files that it is made of. */
  readonly version: string;
}

/** Builds the dashboard, unless that was done since it last changed. */
export function buildDashboard(): DashboardBuild {
  const version = hashOfInputs();
  const directory = join(root, 'dist', 'dashboards', version);
  if (!existsSync(directory)) build(directory);
  return { directory: join(directory, 'site'), version };
}
