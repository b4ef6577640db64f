import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { buildDashboard } from '../../lib/dashboard-build.ts';

const KB = 1000;
const FIRST = 300 * KB;
const EACH_PAGE = 150 * KB;

type Chunk = {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
};
type Manifest = Readonly<Record<string, Chunk>>;

const START = 'index.html';
const SIGN_IN = 'src/pages/sign-in/sign-in-page.tsx';
const OVERVIEW = 'src/pages/overview/overview-page.tsx';

let site: string;
let manifest: Manifest;

beforeAll(() => {
  const { directory } = buildDashboard();
  site = join(directory, 'site');
  manifest = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'));
});

/** Files that a chunk loads, with those that it loads later where `later` says so. */
function filesOf(name: string, later: boolean, seen = new Set<string>()): Set<string> {
  const files = new Set<string>();
  const chunk = manifest[name];
  if (!chunk || seen.has(name)) return files;
  seen.add(name);
  for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
  const next = [...(chunk.imports ?? []), ...(later ? (chunk.dynamicImports ?? []) : [])];
  // The start of the app names every page as a dynamic import; a page's own are what it loads later.
  for (const other of next.filter((candidate) => candidate !== START))
    for (const file of filesOf(other, later, seen)) files.add(file);
  return files;
}

function gzipSize(files: Iterable<string>): number {
  let bytes = 0;
  for (const file of files) bytes += gzipSync(readFileSync(join(site, file))).length;
  return bytes;
}

function first(): Set<string> {
  return new Set([START, SIGN_IN, OVERVIEW].flatMap((name) => [...filesOf(name, false)]));
}

describe('the size of the dashboard, gzipped scripts and styles', () => {
  it('is at most 300 KB until the sign-in page and the numbers of the Overview show', () => {
    const bytes = gzipSize(first());
    expect(bytes).toBeGreaterThan(100 * KB);
    expect(bytes).toBeLessThanOrEqual(FIRST);
  });

  it('grows by at most 150 KB with each page, all that the page loads later included', () => {
    const before = first();
    const pages = Object.keys(manifest).filter((name) => name.endsWith('-page.tsx'));
    expect(pages).toContain(OVERVIEW);
    const sizes = pages.map((page): [string, number] => {
      const more = [...filesOf(page, true)].filter((file) => !before.has(file));
      return [page, gzipSize(more)];
    });
    expect(sizes.filter(([, bytes]) => bytes > EACH_PAGE)).toEqual([]);
  });

  it('has no script in the page itself and loads nothing from elsewhere', () => {
    const page = readFileSync(join(site, 'index.html'), 'utf8');
    expect(page).not.toMatch(/<script(?![^>]*\ssrc="\/assets\/)/);
    expect(page).not.toMatch(/(?:src|href)="(?!\/)/);
    expect(page).not.toMatch(/<style|\son[a-z]+=/);
  });
});
