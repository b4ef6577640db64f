import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDataDirectory } from '../../local/data-directory.ts';

let parent: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'maillayer-data-'));
});
afterEach(() => rm(parent, { recursive: true }));

describe('the data directory', () => {
  it('is made with its parents', async () => {
    const directory = openDataDirectory(join(parent, 'a', 'b'));
    await directory.writeJson('local.json', { a: 1 });
    expect(JSON.parse(await readFile(join(parent, 'a', 'b', 'local.json'), 'utf8'))).toEqual({
      a: 1,
    });
    await directory.close();
  });

  it('is held by one system at a time and says by which', async () => {
    const first = openDataDirectory(parent);
    expect(() => openDataDirectory(parent)).toThrow(
      `${parent} is in use by another Maillayer (process ${process.pid}): stop it`,
    );
    await first.close();
    await openDataDirectory(parent).close();
  });

  it('can be taken over from a system that was killed', async () => {
    await writeFile(join(parent, 'pid'), '1\n');
    const directory = openDataDirectory(parent);
    expect(await readFile(join(parent, 'pid'), 'utf8')).toBe(`${process.pid}\n`);
    await directory.close();
  });

  it('is removed at the end when it is temporary', async () => {
    const directory = openDataDirectory(undefined);
    expect(existsSync(directory.path)).toBe(true);
    await directory.close();
    expect(existsSync(directory.path)).toBe(false);
  });

  it.each([['file'], ['file/below']])('cannot be %s', async (path) => {
    await writeFile(join(parent, 'file'), '');
    expect(() => openDataDirectory(join(parent, path))).toThrow(
      'is a file and not a directory: choose another directory with --data-dir.',
    );
  });

  it('cannot hold a lock that is no lock', async () => {
    await writeFile(join(parent, 'lock'), 'something else entirely, and long enough. '.repeat(10));
    expect(() => openDataDirectory(parent)).toThrow(
      'cannot be written (file is not a database): choose another directory with --data-dir.',
    );
  });
});
