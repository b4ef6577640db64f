import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSync, type OutputFile } from 'esbuild';
import { buildOnce } from './build-once.ts';
import { ownSourceMap } from './source-map.ts';

const root = join(import.meta.dirname, '..');

/** Patterns of the files that the bundles are made of. */
export const FUNCTION_SOURCES = [
  'lambdas/**/*.ts',
  'lib/{function-bundles,source-map}.ts',
] as const;

/** The directory that has `<name>/index.mjs` and its map for each function, and esbuild's `metafile.json`. */
export function bundleFunctions(): string {
  return buildOnce({ kind: 'functions', inputs: FUNCTION_SOURCES, make: bundleInto }).directory;
}

interface Bundling {
  readonly root: string;
  readonly directory: string;
  /** @default all functions */
  readonly names?: readonly string[];
}

/** The folders of `lambdas/` below `root` that are functions. */
export function functionNames(root: string): readonly string[] {
  const folders = readdirSync(join(root, 'lambdas'));
  return folders.filter((name) => existsSync(join(root, 'lambdas', name, 'index.ts')));
}

/**
 * How esbuild makes `<directory>/<name>/index.mjs` of `lambdas/<name>/index.ts` below `root`. The maps name the
 * sources by their path from the bundle, and hold no text of them.
 */
export function bundling({ root, directory, names = functionNames(root) }: Bundling) {
  return {
    absWorkingDir: root,
    entryPoints: names.map((name) => ({ in: `lambdas/${name}/index.ts`, out: `${name}/index` })),
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    write: false,
    metafile: true,
    bundle: true,
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'] as string[],
    // Some dependencies are CommonJS and call `require`, which an ES module lacks.
    banner: {
      js: "import{createRequire as $createRequire}from'node:module';const require=$createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  } as const;
}

/** Writes what esbuild made. Each file is renamed into place, because a function may be loading what is there. */
export function writeBundles(outputFiles: readonly OutputFile[]): void {
  for (const { path, contents, text } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.draft`, path.endsWith('.map') ? ownSourceMap(text) : contents);
    renameSync(`${path}.draft`, path);
  }
}

function bundleInto(directory: string): void {
  const { outputFiles, metafile } = buildSync(bundling({ root, directory }));
  writeBundles(outputFiles);
  writeFileSync(join(directory, 'metafile.json'), JSON.stringify(metafile));
}
