import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

/**
 * Quiet and closed: the browser looks nothing up by itself. The package's own arguments would switch off what
 * keeps origins apart, which is just what some tests are about.
 */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** Where browsers are installed by hand: Linux's packages, then macOS. */
const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const run = promisify(execFile);
const bin = join(import.meta.dirname, '../../node_modules/@sparticuz/chromium/bin');

/**
 * Unpacks in a folder of its own, because the package unpacks into `tmpdir()` whatever another does there; in a
 * process of its own, because Jest's tests cannot change what `tmpdir()` is.
 */
async function unpack(into: string): Promise<void> {
  const script = join(import.meta.dirname, 'unpack-chromium.mjs');
  await run(process.execPath, [script, bin], { env: { ...process.env, TMPDIR: into } });
}

/** The packaged browser's folder; unpacked once for each version, also when several ask at once. */
async function packagedFolder(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(bin, '../package.json'), 'utf8'));
  const folder = join(tmpdir(), `maillayer-chromium-${version}`);
  if (existsSync(folder)) return folder;
  const draft = await mkdtemp(join(tmpdir(), 'maillayer-chromium-draft-'));
  await unpack(draft);
  try {
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

type Candidate = { executablePath: string; env?: Record<string, string> };

async function candidates(): Promise<Candidate[]> {
  const installed = INSTALLED.filter(existsSync).map((executablePath) => ({ executablePath }));
  if (process.platform !== 'linux' || process.arch !== 'x64') return installed;
  const folder = await packagedFolder();
  const executablePath = join(folder, 'chromium');
  const fonts = { FONTCONFIG_PATH: join(folder, 'fonts') };
  const { HOME = folder } = process.env;
  // A machine without the libraries of a desktop uses those that come in the package.
  const libraries = { HOME, ...fonts, LD_LIBRARY_PATH: join(folder, 'al2023/lib') };
  return [{ executablePath }, { executablePath, env: libraries }, ...installed];
}

/** A browser that reaches this machine only. */
export async function openBrowser(): Promise<Browser> {
  const failures: string[] = [];
  for (const candidate of await candidates()) {
    try {
      return await chromium.launch({ ...candidate, args: ARGUMENTS });
    } catch (error) {
      failures.push(`${candidate.executablePath}: ${error}`);
    }
  }
  throw new Error(
    `No browser could be started. Install Google Chrome or Chromium and run the tests again.\n${failures.join('\n')}`,
  );
}
