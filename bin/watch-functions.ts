/**
 * Usage: node bin/watch-functions.ts ROOT DIRECTORY SINCE
 *
 * Bundles functions of the tree at ROOT into DIRECTORY after each change below its `lambdas/`: those that contain a changed
 * file, also one that has changed since SINCE, in milliseconds since the epoch. It prints a line of JSON for each round:
 * `{"bundled":["get-email"]}`, or `{"problems":["lambdas/…"]}` when they cannot be bundled. It ends with its standard input.
 */
import { globSync, statSync, watch } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type BuildFailure, build, type Metafile } from 'esbuild';
import { bundling, functionNames, writeBundles } from '../lib/function-bundles.ts';

/** An editor writes a file in several steps, and a switch of branches writes many files (own choice), in milliseconds. */
const QUIET_FOR = 40;

const [root = '', directory = '', since = ''] = process.argv.slice(2);

/** Function → the files of `lambdas/` that it is made of. */
const sources = new Map<string, ReadonlySet<string>>();
/** Functions that could not be bundled: whatever changes next may help. */
const broken = new Set<string>();

const nameOf = (file: string): string => dirname(relative('lambdas', file));

/** By what imports what: a file whose constants are only copied into a bundle is not among its parts. */
function learn({ inputs, outputs }: Metafile): void {
  for (const { entryPoint } of Object.values(outputs)) {
    if (entryPoint === undefined) continue;
    const found = new Set([entryPoint]);
    for (const file of found) {
      for (const { path } of inputs[file]?.imports ?? []) {
        if (path.startsWith('lambdas/')) found.add(path);
      }
    }
    sources.set(nameOf(entryPoint), found);
  }
}

function describe({ errors }: BuildFailure): readonly string[] {
  return errors.map(({ text, location }) =>
    location === null ? text : `${location.file}:${location.line}:${location.column + 1}: ${text}`,
  );
}

/** Without the packages it takes a moment, and says which files each function is made of. */
async function learnAll(): Promise<void> {
  const options = bundling({ root, directory });
  const quick = { packages: 'external', minify: false, logLevel: 'silent' } as const;
  learn((await build({ ...options, ...quick })).metafile);
}

async function bundle(changed: ReadonlySet<string>) {
  const names = functionNames(root).filter(
    (name) => broken.has(name) || [...changed].some((file) => sources.get(name)?.has(file) ?? true),
  );
  if (names.length === 0) return undefined;
  try {
    const result = await build({ ...bundling({ root, directory, names }), logLevel: 'silent' });
    writeBundles(result.outputFiles);
    learn(result.metafile);
    for (const name of names) broken.delete(name);
    return { bundled: names };
  } catch (error) {
    for (const name of names) broken.add(name);
    return { problems: describe(error as BuildFailure) };
  }
}

let pending = new Set<string>();
let isWorking = false;

function start(): void {
  if (isWorking) return;
  isWorking = true;
  void work();
}

async function work(): Promise<void> {
  while (pending.size > 0) {
    const changed = pending;
    pending = new Set();
    const line = await bundle(changed);
    if (line !== undefined) process.stdout.write(`${JSON.stringify(line)}\n`);
  }
  isWorking = false;
}

let timer: NodeJS.Timeout | undefined;
watch(join(root, 'lambdas'), { recursive: true }, (_, file) => {
  if (file?.endsWith('.ts')) pending.add(`lambdas/${file}`);
  clearTimeout(timer);
  timer = setTimeout(start, QUIET_FOR);
});
process.stdin.on('end', () => process.exit()).resume();

// A tree that cannot be bundled yet is learnt with its first change.
await learnAll().catch(() => undefined);
for (const file of globSync('lambdas/**/*.ts', { cwd: root })) {
  if (statSync(join(root, file)).mtimeMs > Number(since)) pending.add(file);
}
start();
