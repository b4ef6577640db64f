import { createRequire } from 'node:module';
import { join } from 'node:path';
import vm from 'node:vm';
import { build, type Plugin } from 'esbuild';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** A change to a source file by which a bug is planted: `find` must stand there exactly once. */
export type Plant = { readonly file: string; readonly find: string; readonly replace: string };

/** What a function's code is given instead of the process's own. */
export type Host = {
  readonly require: (specifier: string) => unknown;
  readonly env: Readonly<Record<string, string>>;
  readonly Date: DateConstructor;
  readonly Math: Math;
  readonly setTimeout: unknown;
  readonly clearTimeout: unknown;
};

/** A Lambda handler. */
export type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/** A function's code; each call evaluates all of it anew, so that nothing is remembered. */
export type Program = (host: Host) => Handler;

function planting({ file, find, replace }: Plant): Plugin {
  return {
    name: 'plant',
    setup(builder) {
      const filter = new RegExp(`${file.replaceAll('.', '\\.')}$`);
      builder.onLoad({ filter }, async ({ path }) => {
        const { readFile } = await import('node:fs/promises');
        const parts = (await readFile(path, 'utf8')).split(find);
        if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} of: ${find}`);
        return { contents: parts.join(replace), loader: 'ts' };
      });
    },
  };
}

/** The name of the parameters under which a function's code sees its host. */
const PARAMETERS = ['require', 'module', 'process', 'Date', 'Math', 'setTimeout', 'clearTimeout'];

function programOf(name: string, code: string): Program {
  const run = vm.compileFunction(code, PARAMETERS, { filename: `${name}.cjs` });
  return (host) => {
    const module: { exports: { handler?: Handler } } = { exports: {} };
    const own = Object.create(process, { env: { value: host.env } });
    const { setTimeout: setTimer, clearTimeout: clearTimer } = host;
    run(host.require, module, own, host.Date, host.Math, setTimer, clearTimer);
    if (!module.exports.handler) throw new Error(`${name} exports no handler.`);
    return module.exports.handler;
  };
}

const requireFrom = createRequire(join(ROOT, 'lambdas', 'index.js'));
const packages = new Map<string, unknown>();

/** Loads what the functions' code requires; some packages are ES modules that only `import` finds. */
async function loadPackages(imports: readonly { readonly path: string }[]): Promise<void> {
  for (const { path } of imports) {
    try {
      packages.set(path, requireFrom(path));
    } catch {
      packages.set(path, await import(path));
    }
  }
}

/** A package that the functions' own code requires. */
export function packageOf(specifier: string): unknown {
  if (!packages.has(specifier)) throw new Error(`${specifier} was not loaded.`);
  return packages.get(specifier);
}

/**
 * Bundles functions, all of our own code and no package, as one script each.
 *
 * @param plant a bug to put in
 */
export async function bundlePrograms(
  names: readonly string[],
  plant?: Plant,
): Promise<ReadonlyMap<string, Program>> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: names.map((name) => ({ in: `lambdas/${name}/index.ts`, out: name })),
    outdir: '.',
    write: false,
    metafile: true,
    bundle: true,
    // What keeps no state of ours is loaded once; what the instruments stand in for must be.
    external: ['@aws-sdk/*', '@smithy/*', '@aws-lambda-powertools/*', 'undici', 'tldts'],
    mainFields: ['module', 'main'],
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    logLevel: 'warning',
    plugins: plant ? [planting(plant)] : [],
  });
  await loadPackages(Object.values(metafile.outputs).flatMap(({ imports }) => imports));
  return new Map(
    outputFiles.map(({ path, text }) => {
      const name = path.slice(path.lastIndexOf('/') + 1, -'.js'.length);
      return [name, programOf(name, text)];
    }),
  );
}
