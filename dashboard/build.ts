import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';

const here = import.meta.dirname;
const schemaFile = join(here, 'src/api/schema.d.ts');

/** The API as its own description has it: what the routes of the functions declare. */
function openApiDocument(): string {
  return execFileSync(process.execPath, ['bin/openapi.ts'], {
    cwd: join(here, '..'),
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  });
}

async function writeTypes(): Promise<void> {
  // Only the check of types needs it: an install without development tools builds the site.
  const { astToString, default: openapiTypes } = await import('openapi-typescript');
  const types = astToString(await openapiTypes(JSON.parse(openApiDocument())));
  const text = `// Made by dashboard/build.ts from the OpenAPI document.\n${types}`;
  // Vite and editors watch the file: it is written only when it says something new.
  if (existsSync(schemaFile) && readFileSync(schemaFile, 'utf8') === text) return;
  writeFileSync(schemaFile, text);
}

/** Builds into `directory`: `site/`, and beside it Vite's `manifest.json`. */
async function buildInto(directory: string): Promise<void> {
  // Vite keeps the value of whoever started it, and React is twice the size in any other mode.
  // biome-ignore lint/style/noProcessEnv: it is Vite's own switch.
  process.env.NODE_ENV = 'production';
  const outDir = join(directory, 'site');
  await build({
    configFile: join(here, 'vite.config.ts'),
    // Its warnings are about directives in packages; what stops a build is thrown.
    logLevel: 'error',
    build: { outDir },
  });
  // One page under two policies: its path decides whether images from elsewhere may load (lib/page-headers.ts).
  copyFileSync(join(outDir, 'frame/mail.html'), join(outDir, 'frame/mail-images.html'));
  renameSync(join(outDir, '.vite/manifest.json'), join(directory, 'manifest.json'));
  rmSync(join(outDir, '.vite'), { recursive: true });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { types: { type: 'boolean' }, 'out-dir': { type: 'string' } },
  });
  const directory = values['out-dir'];
  if (!values.types && directory === undefined) {
    throw new Error('say --types (for what checks types) or --out-dir DIR (for the site).');
  }
  if (values.types) await writeTypes();
  if (directory !== undefined) await buildInto(directory);
}

main().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The dashboard could not be built: ${reason}\n`);
  process.exitCode = 1;
});
