import { DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { DeadlineHandler } from '../runtime/deadline.ts';
import type { EndpointRef } from '../webhook/endpoint.ts';
import type { SecretVault } from '../webhook/ports.ts';

/** How long a decrypted secret is kept in memory, in milliseconds: five minutes, as docs/security.md says. */
const KEEP = 5 * 60 * 1000;

/** Decrypted secrets that are kept at most: a few hundred kilobytes. */
const MOST_KEPT = 1000;

type Kept = { readonly secret: Promise<Uint8Array>; readonly until: number };

/** Connects to KMS; region, credentials and endpoint come from the SDK's own variables. */
function openKeys(): KMSClient {
  const requestHandler = new DeadlineHandler({ connectionTimeout: 1000, requestTimeout: 4000 });
  return new KMSClient({ requestHandler, maxAttempts: 3 });
}

/** What a ciphertext is bound to: copied to another endpoint or account it cannot be decrypted. */
const contextOf = ({ account, endpoint }: EndpointRef) => ({ account, endpoint });

/** Encrypts secrets under the key; what only makes endpoints needs no more. */
export function vaultSeals(keyId: string): Pick<SecretVault, 'seal'> {
  const client = openKeys();
  return {
    async seal(ref, secret) {
      const command = new EncryptCommand({
        KeyId: keyId,
        Plaintext: secret,
        EncryptionContext: contextOf(ref),
      });
      const { CiphertextBlob } = await client.send(command);
      if (!CiphertextBlob) throw new Error('KMS answered without a ciphertext.');
      return Buffer.from(CiphertextBlob).toString('base64');
    },
  };
}

function decrypts(keyId: string) {
  const client = openKeys();
  return async (ref: EndpointRef, ciphertext: string): Promise<Uint8Array> => {
    const command = new DecryptCommand({
      KeyId: keyId,
      CiphertextBlob: Buffer.from(ciphertext, 'base64'),
      EncryptionContext: contextOf(ref),
    });
    const { Plaintext } = await client.send(command);
    if (!Plaintext) throw new Error('KMS answered without a plaintext.');
    return Plaintext;
  };
}

/** Lets go of what is over, and of the oldest where there is no room for one more. */
function makeRoom(kept: Map<string, Kept>, now: number): void {
  for (const [key, { until }] of kept) {
    if (until > now && kept.size < MOST_KEPT) return;
    kept.delete(key);
  }
}

/**
 * Decrypts secrets under the key and keeps them for five minutes. Calls for the same one at the same time
 * share one request; a failure is not kept.
 *
 * @param now epoch milliseconds
 */
export function vaultOpens(
  keyId: string,
  { now }: { readonly now: () => number },
): Pick<SecretVault, 'open'> {
  const decrypt = decrypts(keyId);
  // In the order of their ends, since each is kept equally long.
  const kept = new Map<string, Kept>();

  function keep(key: string, secret: Promise<Uint8Array>): Promise<Uint8Array> {
    const entry = { secret, until: now() + KEEP };
    kept.set(key, entry);
    secret.catch(() => {
      if (kept.get(key) === entry) kept.delete(key);
    });
    return secret;
  }

  return {
    async open(ref, ciphertext) {
      // With the context: another endpoint's secret is never given, as KMS would not give it.
      const key = JSON.stringify([ref.account, ref.endpoint, ciphertext]);
      const found = kept.get(key);
      if (found && found.until > now()) return (await found.secret).slice();
      kept.delete(key);
      makeRoom(kept, now());
      return (await keep(key, decrypt(ref, ciphertext))).slice();
    },
  };
}
