import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

type Package = {
  readonly version?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly integrity?: string;
  readonly inBundle?: boolean;
  readonly engines?: object;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, Package>;
};
/** Everything that is installed from a registry: not this project's own folders, nor the links to them. */
const entries = Object.entries(packages).filter(
  ([path, { link }]) => path.includes('node_modules/') && !link,
);

/** Where Node would look for `name` from the package at `path`. */
function resolve(path: string, name: string): Package | undefined {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const found = packages[at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`];
    if (found || at === '') return found;
  }
}

describe('package-lock.json', () => {
  it('names no registry, so that each machine uses its own', () => {
    expect(entries.filter(([, each]) => each.resolved !== undefined)).toEqual([]);
  });

  it('demands nothing of the Node that the machine has, since the project brings its own', () => {
    // npm would warn of each such package on Node 20: "npm install" removes them by bin/after-install.mjs.
    expect(entries.filter(([, { engines }]) => engines !== undefined)).toEqual([]);
  });

  it('has a checksum for everything that is downloaded', () => {
    const unchecked = entries.filter(([, each]) => !each.integrity && !each.inBundle);
    expect(unchecked.map(([path]) => path)).toEqual([]);
  });

  it('holds every optional package, those of other platforms included', () => {
    const missing = entries.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => resolve(path, name) === undefined)
        .map((name) => `${name}, wanted by ${path}`),
    );
    // `npm ci` refuses such a lockfile: take a version whose packages the registry has for all platforms.
    expect(missing).toEqual([]);
  });

  it('serves Linux with glibc and with musl, and macOS, on both processors', () => {
    const platforms = {
      '@biomejs/cli-': ['linux-x64', 'linux-x64-musl', 'linux-arm64', 'linux-arm64-musl'],
      '@swc/core-': ['linux-x64-gnu', 'linux-x64-musl', 'linux-arm64-gnu', 'linux-arm64-musl'],
      '@parcel/watcher-': [
        'linux-x64-glibc',
        'linux-x64-musl',
        'linux-arm64-glibc',
        'linux-arm64-musl',
      ],
      '@unrs/resolver-binding-': [
        'linux-x64-gnu',
        'linux-x64-musl',
        'linux-arm64-gnu',
        'linux-arm64-musl',
      ],
      // One static binary each, whatever the C library.
      '@esbuild/': ['linux-x64', 'linux-arm64'],
      '@typescript/typescript-': ['linux-x64', 'linux-arm64'],
    };
    const wanted = Object.entries(platforms).flatMap(([prefix, linux]) =>
      [...linux, 'darwin-x64', 'darwin-arm64'].map((platform) => `${prefix}${platform}`),
    );
    expect(wanted.filter((name) => !packages[`node_modules/${name}`])).toEqual([]);
  });
});
