import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { KmsError } from './errors.ts';
import type { Key, Keys } from './keys.ts';

/** What a ciphertext is bound to besides its key: names with values, of no order. */
export type EncryptionContext = Readonly<Record<string, string>>;

const ALGORITHM = 'aes-256-gcm';
/** First byte of a ciphertext, so that another layout can be told apart. */
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Version, length of the key's id, the id, nonce, tag, encrypted bytes. */
export function encrypt(key: Key, plaintext: Uint8Array, context: EncryptionContext): Buffer {
  const id = Buffer.from(key.id);
  const header = Buffer.concat([Buffer.from([VERSION, id.length]), id]);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key.material, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(authenticated(header, context));
  const encrypted = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([header, nonce, cipher.getAuthTag(), encrypted]);
}

/**
 * The plaintext, and the key that the ciphertext names.
 *
 * @throws KmsError when the ciphertext is not of these keys, was changed, or has another context.
 */
export function decrypt(
  keys: Keys,
  ciphertext: Buffer,
  context: EncryptionContext,
): { readonly key: Key; readonly plaintext: Buffer } {
  try {
    const headerBytes = 2 + (ciphertext[1] ?? 0);
    const header = ciphertext.subarray(0, headerBytes);
    const nonce = ciphertext.subarray(headerBytes, headerBytes + NONCE_BYTES);
    const rest = ciphertext.subarray(headerBytes + NONCE_BYTES);
    if (header[0] !== VERSION) throw new Error('another layout');
    const key = keys.get(header.subarray(2).toString());
    const decipher = createDecipheriv(ALGORITHM, key.material, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(authenticated(header, context));
    decipher.setAuthTag(rest.subarray(0, TAG_BYTES));
    const plaintext = [decipher.update(rest.subarray(TAG_BYTES)), decipher.final()];
    return { key, plaintext: Buffer.concat(plaintext) };
  } catch {
    // KMS does not say which it was either.
    throw new KmsError(
      'InvalidCiphertextException',
      'The ciphertext is not of a key that is here, was changed, or was encrypted with another context.',
    );
  }
}

function authenticated(header: Buffer, context: EncryptionContext): Buffer {
  const sorted = Object.keys(context)
    .sort()
    .map((name) => [name, context[name]]);
  return Buffer.concat([header, Buffer.from(JSON.stringify(sorted))]);
}
