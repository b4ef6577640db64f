import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const BIOME = join('node_modules', '@biomejs', 'biome', 'bin', 'biome');

type Diagnostic = {
  readonly category: string;
  readonly location: { readonly path: string; readonly start: { readonly line: number } };
};

/** Which rule says something of which line: `path:line rule`. */
export type Complaints = ReadonlySet<string>;

function report(directory: string): string {
  try {
    return execFileSync(
      process.execPath,
      [join(process.cwd(), BIOME), 'lint', '--reporter=json', '--max-diagnostics=none'],
      { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
  } catch (error) {
    // It ends with 1 when it complains, which it is here to do.
    return String((error as { stdout?: string }).stdout);
  }
}

/** Lints files that exist only for this, under the project's own configuration. */
export function lintPlanted(files: ReadonlyMap<string, string>): Complaints {
  const directory = mkdtempSync(join(tmpdir(), 'maillayer-planted-'));
  try {
    for (const name of ['biome.json', 'package.json', '.gitignore']) {
      copyFileSync(name, join(directory, name));
    }
    for (const [path, text] of files) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    const { diagnostics } = JSON.parse(report(directory)) as { diagnostics: Diagnostic[] };
    return new Set(
      diagnostics.map(({ category, location }) => {
        return `${location.path}:${location.start.line} ${category.replace(/^lint\//, '')}`;
      }),
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
}
