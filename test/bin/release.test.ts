import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const script = join(import.meta.dirname, '..', '..', 'bin', 'release.ts');

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'maillayer-release-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function release(changelog: string, version?: string) {
  const file = join(directory, 'CHANGELOG.md');
  writeFileSync(file, changelog);
  const { npm_package_version: _, ...env } = process.env;
  const { status, stderr } = spawnSync(process.execPath, [script], {
    cwd: directory,
    encoding: 'utf8',
    env: { ...env, NODE_OPTIONS: '', ...(version ? { npm_package_version: version } : {}) },
  });
  return { status, stderr, text: readFileSync(file, 'utf8') };
}

describe('a release', () => {
  it('moves what is unreleased to a section of its version and day', () => {
    const { status, text } = release(
      '# Changelog\n\n## Unreleased\n\n- One.\n\n## 0.1.0 (2026-01-01)\n',
      '0.2.0',
    );

    expect(status).toBe(0);
    expect(text).toMatch(
      /^# Changelog\n\n## Unreleased\n\n## 0\.2\.0 \(\d{4}-\d\d-\d\d\)\n\n- One\.\n\n## 0\.1\.0 \(2026-01-01\)\n$/,
    );
  });

  it('is refused when nothing has changed', () => {
    const changelog = '# Changelog\n\n## Unreleased\n\n## 0.1.0 (2026-01-01)\n\n- One.\n';

    const { status, stderr, text } = release(changelog, '0.2.0');

    expect(status).toBe(1);
    expect(stderr).toContain('nothing under "Unreleased"');
    expect(text).toBe(changelog);
  });

  it('says how to run it when npm did not', () => {
    const { status, stderr } = release('# Changelog\n\n## Unreleased\n\n- One.\n');

    expect(status).toBe(1);
    expect(stderr).toContain('npm version');
  });
});
