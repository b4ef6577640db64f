import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openTokenVerifier } from '../../../lambdas/core/net/token-verifier.ts';

const ID = 'us-east-1_Abc123xyZ';
const CLIENT = '3n4b5urk1ft4fl3mg5e62d9ado';

/** What a user pool signs with. */
export type SigningKey = { readonly kid: string; readonly pair: KeyPair };
type KeyPair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

/** A new RSA key. */
export const signingKey = (kid: string): SigningKey => ({
  kid,
  pair: generateKeyPairSync('rsa', { modulusLength: 2048 }),
});

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token with exactly these parts; without a key it bears a signature that nobody made. */
export function tokenOf(header: object, claims: object, key?: KeyObject): string {
  const input = `${encoded(header)}.${encoded(claims)}`;
  const signature = key ? sign('RSA-SHA256', Buffer.from(input), key) : Buffer.from('none');
  return `${input}.${signature.toString('base64url')}`;
}

const jwkOf = ({ kid, pair }: SigningKey) => ({
  ...pair.publicKey.export({ format: 'jwk' }),
  kid,
  alg: 'RS256',
  use: 'sig',
});

/** The claims of Cognito's access tokens, good for ten minutes. */
export function accessClaims(changes: Readonly<Record<string, unknown>> = {}) {
  const now = Math.floor(Date.now() / 1000);
  return {
    sub: '6f1d3a52-0c1f-4d3f-9a63-1b3f5a0c7e11',
    iss: `https://cognito-idp.us-east-1.amazonaws.com/${ID}`,
    client_id: CLIENT,
    token_use: 'access',
    scope: 'aws.cognito.signin.user.admin',
    auth_time: now,
    iat: now,
    exp: now + 600,
    ...changes,
  };
}

/** A user pool's public keys, served over HTTP, and tokens that are signed with the private ones. */
export async function startTokenPool() {
  const key = signingKey('first');
  const served = { keys: [key], status: 200, hang: false, asked: 0 };
  const server = createServer((request, response) => {
    served.asked += 1;
    if (served.hang) return;
    const known = request.url === `/${ID}/.well-known/jwks.json`;
    response.writeHead(known ? served.status : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: served.keys.map(jwkOf) }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const pool = { USER_POOL_ID: ID, USER_POOL_CLIENT_ID: CLIENT };
  return {
    key,
    served,
    /** A verifier that has seen no keys yet. */
    verifier: () => openTokenVerifier(pool, endpoint),
    /** A token of the pool that is right but for the changes. */
    token(changes: Readonly<Record<string, unknown>> = {}, { kid, pair } = key): string {
      return tokenOf({ alg: 'RS256', kid }, accessClaims(changes), pair.privateKey);
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export type TokenPool = Awaited<ReturnType<typeof startTokenPool>>;
