import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/** A heading as the anchor that code hosts make of it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const anchors = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => anchorOf(text));

function leadsNowhere(file: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? file : join(dirname(file), path);
  if (!existsSync(target)) return true;
  return anchor !== undefined && !anchors(target).includes(anchor);
}

describe('the documents', () => {
  const files = globSync(['*.md', 'docs/**/*.md']);

  it('link to what is there', () => {
    const broken = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, link = '']) => link)
        .filter((link) => !/^https?:/.test(link) && leadsNowhere(file, link))
        .map((link) => `${file}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it('name files and folders that are there, as do the comments', () => {
    const named =
      /`((?:lambdas|core|lib|local|bin|test|bench|dashboard|docs|examples)\/[\w./-]+)`/g;
    const sources = globSync('{lambdas,lib,local,bin}/**/*.ts');
    const missing = [...files, ...sources].flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(named)]
        .map(([, path = '']) => path.replace(/^core\//, 'lambdas/core/'))
        .filter((path) => !existsSync(path) && !existsSync(`${path}.ts`))
        .map((path) => `${file}: ${path}`),
    );
    expect(missing).toEqual([]);
  });

  it('are each reachable from the README', () => {
    const readme = readFileSync('README.md', 'utf8');
    const lost = files.filter((file) => !file.startsWith('docs/adr/') && !readme.includes(file));
    expect(lost).toEqual(['README.md']);
  });
});
