import { createPublicKey, randomUUID, sign, verify } from 'node:crypto';
import { notAuthorized } from './errors.ts';

/** What a token says. */
export type Claims = Readonly<Record<string, unknown>>;

/** What a token says, whoever made it; undefined for what is no token. */
export function claimsOf(token: string): Claims | undefined {
  try {
    const [, payload = ''] = token.split('.');
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
  } catch {
    return undefined;
  }
}

/** True once the token's time is over. */
export function isOver({ exp }: Claims): boolean {
  return typeof exp !== 'number' || exp * 1000 <= Date.now();
}

/**
 * Checks an access token as Cognito does; cognito-local itself believes any.
 *
 * @throws CognitoError `NotAuthorizedException`
 */
export function requireAccessToken(token: string, jwk: Readonly<Record<string, string>>): Claims {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const signed = Buffer.from(`${header}.${payload}`);
  const claims = claimsOf(token);
  const isOurs = verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url'));
  if (!isOurs || claims?.token_use !== 'access') throw notAuthorized('Invalid Access Token');
  if (isOver(claims)) throw notAuthorized('Access Token has expired');
  return claims;
}

/**
 * An access token that names the sign-in it comes from, as those of pools with token revocation do: without that,
 * a client takes the session for one that cannot be revoked. cognito-local leaves it out.
 *
 * @param pem the private key that cognito-local signs with
 */
export function withOrigin(token: string, pem: string): string {
  const [header = ''] = token.split('.');
  const claims = { origin_jti: randomUUID(), ...claimsOf(token) };
  const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), pem).toString('base64url')}`;
}
