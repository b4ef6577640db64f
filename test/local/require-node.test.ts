import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';

/** Runs the check as if on a Node of that version. */
function check(version: string) {
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' });`;
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
  return spawnSync(process.execPath, ['--import', preload, 'local/require-node.mjs'], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
}

describe('the check of the Node version', () => {
  it.each([['18.20.0'], ['20.20.2'], ['22.17.9']])('stops on %s with one sentence', (version) => {
    const { status, stderr } = check(version);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      new RegExp(
        `^Maillayer needs Node 22\\.18 or newer and this is ${version}: install .*\\.\\n$`,
      ),
    );
  });

  it.each([['22.18.0'], ['24.0.0'], ['26.1.0']])('lets %s pass in silence', (version) => {
    expect(check(version)).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });
});
