import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

/** What a token says. */
export type Claims = Readonly<Record<string, unknown>>;

/** The key that tokens are signed with: RSA with SHA-256, as Cognito's. */
export interface SigningKey {
  /** The public key as a JSON Web Key. */
  readonly jwk: object;
  /** A token that says this. */
  sign(claims: Claims): string;
  /** What a token says; undefined for one that this key has not signed. */
  read(token: string): Claims | undefined;
}

/**
 * Opens the key that a PEM file holds; it is made if it is not there.
 *
 * @throws Error when the file holds something else
 */
export function openSigningKey(file: string): SigningKey {
  const own = readPrivateFile(file, 'the key of the tokens', createPrivateKey) ?? made(file);
  const open = createPublicKey(own);
  const der = open.export({ type: 'spki', format: 'der' });
  const header = { kid: createHash('sha256').update(der).digest('base64url'), alg: 'RS256' };
  return {
    jwk: { ...open.export({ format: 'jwk' }), ...header, use: 'sig' },
    sign: (claims) => {
      const signed = `${encoded(header)}.${encoded(claims)}`;
      return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), own).toString('base64url')}`;
    },
    read: (token) => {
      const [header, payload = '', signature = ''] = token.split('.');
      const signed = Buffer.from(`${header}.${payload}`);
      const isOurs = verify('RSA-SHA256', signed, open, Buffer.from(signature, 'base64url'));
      return isOurs ? JSON.parse(Buffer.from(payload, 'base64url').toString()) : undefined;
    },
  };
}

function made(file: string) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writePrivateFile(file, String(privateKey.export({ type: 'pkcs8', format: 'pem' })));
  return privateKey;
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
