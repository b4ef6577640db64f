import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { SymlinkFollowMode } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { buildOnce } from './build-once.ts';

const root = join(import.meta.dirname, '..');

let bundles: string | undefined;

/**
 * The bundle of `lambdas/<name>/index.ts`; the first call of a process bundles all functions at once.
 *
 * @param beside name → directory of what lies beside the bundle
 */
export function functionCode(name: string, beside: Readonly<Record<string, string>> = {}): Code {
  bundles ??= bundleFunctions();
  for (const [link, directory] of Object.entries(beside)) {
    linkTo(directory, join(bundles, name, link));
  }
  return Code.fromAsset(join(bundles, name), { followSymlinks: SymlinkFollowMode.ALWAYS });
}

/** Patterns of the files that the bundles are made of. */
export const FUNCTION_SOURCES = ['lambdas/**/*.ts', 'lib/function-code.ts'] as const;

/** The directory that has `<name>/index.mjs` for each function, and esbuild's `metafile.json`. */
export function bundleFunctions(): string {
  return buildOnce({ kind: 'functions', inputs: FUNCTION_SOURCES, make: bundleInto }).directory;
}

function bundleInto(directory: string): void {
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: readdirSync(join(root, 'lambdas'))
      .filter((name) => existsSync(join(root, 'lambdas', name, 'index.ts')))
      .map((name) => ({ in: `lambdas/${name}/index.ts`, out: `${name}/index` })),
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    write: false,
    metafile: true,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    // Some dependencies are CommonJS and call `require`, which an ES module lacks.
    banner: {
      js: "import{createRequire as $createRequire}from'node:module';const require=$createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  for (const { path, contents } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  }
  writeFileSync(join(directory, 'metafile.json'), JSON.stringify(metafile));
}

// Renamed into place, so that a synth beside this one never meets a missing link.
function linkTo(directory: string, link: string): void {
  if (lstatSync(link, { throwIfNoEntry: false }) && readlinkSync(link) === directory) return;
  const draft = `${link}.${process.pid}`;
  symlinkSync(directory, draft);
  renameSync(draft, link);
}
