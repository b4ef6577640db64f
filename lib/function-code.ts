import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { SymlinkFollowMode } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

const root = join(import.meta.dirname, '..');
const output = join(root, 'dist', 'functions');

let bundled = false;

/**
 * The bundle of `lambdas/<name>/index.ts`; the first call of a process bundles all functions at once.
 *
 * @param beside name → directory of what lies beside the bundle
 */
export function functionCode(name: string, beside: Readonly<Record<string, string>> = {}): Code {
  if (!bundled) {
    bundleFunctions();
    bundled = true;
  }
  for (const [link, directory] of Object.entries(beside))
    linkTo(directory, join(output, name, link));
  return Code.fromAsset(join(output, name), { followSymlinks: SymlinkFollowMode.ALWAYS });
}

/** Writes `dist/functions/<name>/index.mjs` for each function, and esbuild's `dist/metafile.json`. */
function bundleFunctions(): void {
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: readdirSync(join(root, 'lambdas'))
      .filter((name) => existsSync(join(root, 'lambdas', name, 'index.ts')))
      .map((name) => ({ in: `lambdas/${name}/index.ts`, out: `${name}/index` })),
    outdir: output,
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
    write(path, contents);
  }
  write(join(root, 'dist', 'metafile.json'), Buffer.from(JSON.stringify(metafile)));
}

function linkTo(directory: string, link: string): void {
  if (lstatSync(link, { throwIfNoEntry: false }) && readlinkSync(link) === directory) return;
  const draft = join(root, 'dist', `.${process.pid}.link`);
  symlinkSync(directory, draft);
  renameSync(draft, link);
}

// Renamed into place, so that a synth beside this one never copies half a file.
function write(path: string, contents: Uint8Array): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) {
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  const draft = join(root, 'dist', `.${process.pid}.draft`);
  writeFileSync(draft, contents);
  renameSync(draft, path);
}
