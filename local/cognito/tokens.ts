import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { REGION } from '../template/aws.ts';
import { notAuthorized } from './errors.ts';
import type { ClientSettings } from './settings.ts';
import type { SigningKey } from './signing-key.ts';
import type { RefreshToken, User, UserPool } from './user-pool.ts';

/** The JSON of an answer. */
export type Answer = Readonly<Record<string, unknown>>;

/** What tokens name as their issuer before the pool's id, here as in the cloud. */
export const ISSUER_HOST = `https://cognito-idp.${REGION}.amazonaws.com`;

/** Hands out tokens, and knows whom they belong to. */
export class Tokens {
  readonly #key: SigningKey;
  readonly #pool: UserPool;
  /** Refresh tokens that were replaced a moment ago: their sign-in, and until when they count still. */
  readonly #replaced = new Map<string, { readonly origin: string; readonly until: number }>();

  constructor(key: SigningKey, pool: UserPool) {
    this.#key = key;
    this.#pool = pool;
  }

  /** Tokens of a new sign-in. */
  begin(client: ClientSettings, user: User): Answer {
    const RefreshToken = newToken();
    const token = {
      hash: hashOf(RefreshToken),
      clientId: client.ClientId,
      origin: randomUUID(),
      authTime: seconds(),
      expiresAt: Date.now() + lifetime(client, 'RefreshToken') * 1000,
    };
    this.#pool.put({ ...user, refreshTokens: [...user.refreshTokens.filter(isAlive), token] });
    return { ...this.#issue(client, user, token), RefreshToken };
  }

  /**
   * New access and ID tokens for a refresh token, and one more in its place where `rotates` says so. The old one
   * counts for the client's grace period still; the new one lasts no longer than the first would have.
   *
   * @throws CognitoError where it does not count
   */
  refresh(client: ClientSettings, old: string, rotates: boolean): Answer {
    const found = this.#find(client, old);
    if (found === undefined) throw notAuthorized('Invalid Refresh Token');
    const { user, token } = found;
    if (!isAlive(token)) throw notAuthorized('Refresh Token has expired');
    const issued = this.#issue(client, user, token);
    if (!rotates) return issued;
    const hash = hashOf(old);
    const grace = client.RefreshTokenRotation?.RetryGracePeriodSeconds ?? 0;
    const replaced = { origin: token.origin, until: Date.now() + grace * 1000 };
    if (!this.#replaced.has(hash)) this.#replaced.set(hash, replaced);
    const RefreshToken = newToken();
    const kept = user.refreshTokens.filter((it) => it.hash !== hash && isAlive(it));
    const next = { ...token, hash: hashOf(RefreshToken) };
    this.#pool.put({ ...user, refreshTokens: [...kept, next] });
    return { ...issued, RefreshToken };
  }

  /** Ends the sign-in that a refresh token comes from; one of which nobody knows has ended already. */
  revoke(client: ClientSettings, text: string): void {
    const { user, token } = this.#find(client, text) ?? {};
    if (user === undefined) return;
    const refreshTokens = user.refreshTokens.filter(({ origin }) => origin !== token?.origin);
    this.#pool.put({ ...user, refreshTokens });
  }

  /**
   * Whom an access token belongs to.
   *
   * @throws CognitoError where it does not count, also because its sign-in has ended
   */
  ownerOf(accessToken: string): User {
    const claims = this.#key.read(accessToken);
    if (claims?.token_use !== 'access') throw notAuthorized('Invalid Access Token');
    if (Number(claims.exp) <= seconds()) throw notAuthorized('Access Token has expired');
    const user = this.#pool.find(String(claims.sub));
    const isOpen = user?.refreshTokens.some(({ origin }) => origin === claims.origin_jti);
    if (user === undefined || !isOpen) throw notAuthorized('Access Token has been revoked');
    return user;
  }

  #find({ ClientId }: ClientSettings, text: string) {
    const wanted = hashOf(text);
    const replaced = this.#replaced.get(wanted);
    const former = replaced && replaced.until > Date.now() ? replaced.origin : undefined;
    const fits = ({ hash, origin, clientId }: RefreshToken) =>
      clientId === ClientId && (hash === wanted || origin === former);
    for (const user of this.#pool.users) {
      const token = user.refreshTokens.find(fits);
      if (token !== undefined) return { user, token };
    }
    return undefined;
  }

  #issue(client: ClientSettings, { sub, attributes, groups }: User, token: RefreshToken) {
    const iat = seconds();
    const shared = (kind: 'AccessToken' | 'IdToken') => ({
      sub,
      iss: `${ISSUER_HOST}/${this.#pool.settings.Id}`,
      origin_jti: token.origin,
      auth_time: token.authTime,
      jti: randomUUID(),
      iat,
      exp: iat + lifetime(client, kind),
      ...(groups.length > 0 && { 'cognito:groups': groups }),
    });
    const AccessToken = this.#key.sign({
      ...shared('AccessToken'),
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      client_id: client.ClientId,
      username: sub,
    });
    const IdToken = this.#key.sign({
      ...attributes,
      email_verified: attributes.email_verified === 'true',
      ...shared('IdToken'),
      token_use: 'id',
      aud: client.ClientId,
      'cognito:username': sub,
    });
    const ExpiresIn = lifetime(client, 'AccessToken');
    return { AccessToken, IdToken, ExpiresIn, TokenType: 'Bearer' };
  }
}

const newToken = () => randomBytes(48).toString('base64url');
const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');
const isAlive = ({ expiresAt }: RefreshToken) => expiresAt > Date.now();
const seconds = () => Math.floor(Date.now() / 1000);

const SECONDS = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/** A token's lifetime in seconds; Cognito's own where the client names none. */
function lifetime(client: ClientSettings, kind: 'AccessToken' | 'IdToken' | 'RefreshToken') {
  const [count, unit] = kind === 'RefreshToken' ? ([30, 'days'] as const) : ([1, 'hours'] as const);
  return (client[`${kind}Validity`] ?? count) * SECONDS[client.TokenValidityUnits?.[kind] ?? unit];
}
