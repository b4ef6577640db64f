import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { KMSClient } from '@aws-sdk/client-kms';
import { startKms } from '../../../local/kms/server.ts';

/** The keys' file of a directory. */
export const keysFile = (directory: string) => join(directory, 'keys.json');

/** A local KMS with its keys in `directory`, and the SDK's own client for it. */
export async function openKms(directory: string, now: () => number = Date.now) {
  const kms = await startKms({ file: keysFile(directory), now });
  const client = new KMSClient({
    endpoint: kms.url,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  return {
    kms,
    client,
    stop: async () => {
      client.destroy();
      await kms.stop();
    },
  };
}

/** Removes a directory with all that is in it. */
export const remove = (directory: string) => rm(directory, { recursive: true });
