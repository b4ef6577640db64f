import * as v from 'valibot';

/** Properties of the dashboard's files: `Config` is the JSON text of its `config.json`. */
export const siteSchema = v.object({ Config: v.string() });

/** A file of the dashboard. */
export type SiteFile = {
  /** Path below the site's root, `assets/index-4f2a.js`. */
  readonly name: string;
  readonly bytes: Uint8Array;
};

/** A file of the dashboard as it is stored. */
export type StoredFile = SiteFile & {
  readonly contentType: string;
  readonly cacheControl: string;
};

/** Where the dashboard's files are served from. */
export type SiteBucket = {
  put(file: StoredFile): Promise<void>;
  list(): Promise<{ readonly name: string; readonly modifiedAt: number }[]>;
  remove(names: readonly string[]): Promise<void>;
};

/** By the ending of a file's name; what the dashboard's build may contain. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  webmanifest: 'application/manifest+json',
  woff2: 'font/woff2',
};

/** A file of an earlier build stays this long, for pages that are open still (own choice), in milliseconds. */
const OLD_FILES_STAY = 7 * 24 * 60 * 60 * 1000;

function stored(file: SiteFile): StoredFile {
  const contentType = CONTENT_TYPES[file.name.split('.').at(-1) ?? ''];
  if (contentType === undefined) {
    throw new Error(
      `The dashboard has the file ${file.name}, whose type is not known: add it to CONTENT_TYPES.`,
    );
  }
  // Names below assets/ contain a hash of their content, so a name's content never changes.
  const cacheControl = file.name.startsWith('assets/')
    ? 'public, max-age=31536000, immutable'
    : 'no-cache';
  return { ...file, contentType, cacheControl };
}

/** The page itself last: whoever gets it finds all that it asks for. */
const pageLast = (a: SiteFile, b: SiteFile) =>
  Number(a.name === 'index.html') - Number(b.name === 'index.html');

/**
 * Puts a build of the dashboard with its configuration in place of the one before; may be repeated.
 *
 * @param configuration content of `config.json`, JSON
 */
export async function publishSite(
  bucket: SiteBucket,
  build: { readonly files: readonly SiteFile[]; readonly configuration: string },
  now: number,
): Promise<void> {
  const bytes = new TextEncoder().encode(build.configuration);
  const files = [...build.files, { name: 'config.json', bytes }].map(stored).sort(pageLast);
  for (const file of files) await bucket.put(file);
  const current = new Set(files.map(({ name }) => name));
  const old = (await bucket.list()).filter(
    ({ name, modifiedAt }) => !current.has(name) && modifiedAt < now - OLD_FILES_STAY,
  );
  await bucket.remove(old.map(({ name }) => name));
}

/** Removes all of it: a bucket with something in it cannot be deleted. */
export async function removeSite(bucket: SiteBucket): Promise<void> {
  await bucket.remove((await bucket.list()).map(({ name }) => name));
}
