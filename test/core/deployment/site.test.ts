import { describe, expect, it } from '@jest/globals';
import { deploymentHandler } from '../../../lambdas/core/deployment/deployment.ts';
import { publishSite, type StoredFile } from '../../../lambdas/core/deployment/site.ts';

const NOW = Date.UTC(2026, 10, 23);
const DAY = 24 * 60 * 60 * 1000;
const bytes = new Uint8Array();

async function published(names: readonly string[], there: Readonly<Record<string, number>> = {}) {
  const files: StoredFile[] = [];
  const removed: string[] = [];
  const bucket = {
    put: async (file: StoredFile) => void files.push(file),
    list: async () =>
      Object.entries(there).map(([name, age]) => ({ name, modifiedAt: NOW - age * DAY })),
    remove: async (gone: readonly string[]) => void removed.push(...gone),
  };
  const build = { files: names.map((name) => ({ name, bytes })), configuration: '{"region":"x"}' };
  await publishSite(bucket, build, NOW);
  return { files, removed };
}

describe('the dashboard’s files', () => {
  it.each([
    ['assets/app-1.css', 'text/css; charset=utf-8'],
    ['index.html', 'text/html; charset=utf-8'],
    ['favicon.ico', 'image/x-icon'],
    ['assets/app-1.js', 'text/javascript; charset=utf-8'],
    ['data.json', 'application/json; charset=utf-8'],
    ['logo.png', 'image/png'],
    ['logo.min.svg', 'image/svg+xml'],
    ['robots.txt', 'text/plain; charset=utf-8'],
    ['site.webmanifest', 'application/manifest+json'],
    ['assets/sans-1.woff2', 'font/woff2'],
  ])('%s is served as %s', async (name, contentType) => {
    const { files } = await published([name]);
    expect(files.find((file) => file.name === name)).toMatchObject({ contentType });
  });

  it('whose type is not known stop the deployment before any is put', async () => {
    await expect(published(['index.html', 'notes.doc'])).rejects.toThrow(
      'The dashboard has the file notes.doc, whose type is not known: add it to CONTENT_TYPES.',
    );
  });

  it.each([
    [['index.html', 'a.js', 'b.js']],
    [['a.js', 'index.html', 'b.js']],
    [['a.js', 'b.js', 'index.html']],
  ])('%j are put with the page last, in their order before it', async (names) => {
    const { files } = await published(names);
    expect(files.map(({ name }) => name)).toEqual(['a.js', 'b.js', 'config.json', 'index.html']);
  });

  it('hold the configuration, which browsers request each time, like the page', async () => {
    const { files } = await published(['assets/app-1.js', 'index.html']);
    const [script, configuration, page] = files;
    expect(new TextDecoder().decode(configuration?.bytes)).toBe('{"region":"x"}');
    expect(configuration?.cacheControl).toBe('no-cache');
    expect(page?.cacheControl).toBe('no-cache');
    expect(script?.cacheControl).toBe('public, max-age=31536000, immutable');
  });

  it('of earlier builds stay for a week', async () => {
    const { removed } = await published(['index.html'], {
      'index.html': 30,
      'assets/week-old.js': 7,
      'assets/older.js': 7.01,
      'assets/younger.js': 6.99,
    });
    expect(removed).toEqual(['assets/older.js']);
  });
});

describe('a deployment in the log', () => {
  const event = {
    RequestType: 'Create',
    ResponseURL: 'https://cloudformation.example/answer',
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Site',
    ResourceProperties: {},
  };

  async function logOf(apply: () => Promise<undefined>) {
    const lines: unknown[] = [];
    const log = {
      info: (...line: unknown[]) => void lines.push(line),
      error: (...line: unknown[]) => void lines.push(line),
    };
    const thing = { physicalId: 'site', apply, remove: async () => undefined };
    await deploymentHandler({ answer: async () => undefined, log }, thing)(event);
    return lines;
  }

  it('names the resource and what was asked, whether it went well or not', async () => {
    const fields = { resource: 'Site', RequestType: 'Create' };
    expect(await logOf(async () => undefined)).toEqual([['deployed', fields]]);
    const error = new Error('The bucket is full.');
    expect(await logOf(() => Promise.reject(error))).toEqual([
      ['deployment failed', fields, error],
    ]);
  });
});
