import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { StartError } from '../start-error.ts';

/** Where the local system's API is, and the key to call it with. */
export interface LocalSystem {
  readonly apiUrl: string;
  readonly key: string;
}

const schema = v.object({
  apiUrl: v.string(),
  apiKeys: v.object({ live: v.string(), test: v.string() }),
});

/**
 * Reads what a running local system says of itself in its data directory.
 *
 * @throws StartError when none runs there.
 */
export async function findLocalSystem(
  dataDir: string,
  environment: 'live' | 'test',
): Promise<LocalSystem> {
  const { apiUrl, apiKeys } = await read(join(dataDir, 'local.json'));
  return { apiUrl, key: apiKeys[environment] };
}

async function read(file: string): Promise<v.InferOutput<typeof schema>> {
  try {
    return v.parse(schema, JSON.parse(await readFile(file, 'utf8')));
  } catch {
    throw new StartError(
      `No local system runs here (${file} is missing or unreadable): ` +
        'start one with "npm start", or name its directory with --data-dir.',
    );
  }
}
