import * as v from 'valibot';
import { claimsOf, isOver } from './access-token.ts';
import { notAuthorized } from './errors.ts';
import type { Answer, ClientOptions, Parts, Pool, Request, User } from './parts.ts';
import { authenticationResult } from './sign-in.ts';

const rotationSchema = v.object({
  RefreshTokenRotation: v.optional(
    v.object({
      Feature: v.picklist(['ENABLED', 'DISABLED']),
      RetryGracePeriodSeconds: v.optional(v.number(), 0),
    }),
    { Feature: 'DISABLED' },
  ),
});

const invalid = () => notAuthorized('Invalid Refresh Token');

/** The operations of refresh tokens, which cognito-local knows nothing newer of than `REFRESH_TOKEN_AUTH`. */
export function refreshOperations(parts: Parts) {
  const { context, pools } = parts;
  /** Tokens that were replaced a moment ago: whose they are, and until when they count still. */
  const replaced = new Map<string, { readonly username: string; readonly until: number }>();

  async function ownerOf(pool: Pool, token: string): Promise<User | null> {
    const claims = claimsOf(token);
    if (claims === undefined) throw invalid();
    if (isOver(claims)) throw notAuthorized('Refresh Token has expired');
    const before = replaced.get(token);
    if (before !== undefined && before.until >= Date.now()) {
      return pool.getUserByUsername(context, before.username);
    }
    return pool.getUserByRefreshToken(context, token);
  }

  /** Puts a new token in the place of `old`, which counts for the client's grace period still. */
  async function rotate(pool: Pool, user: User, { old, next, graceSeconds }: Rotation) {
    const username = user.Username;
    if (!replaced.has(old)) {
      replaced.set(old, { username, until: Date.now() + graceSeconds * 1000 });
    }
    const kept = user.RefreshTokens.filter((token) => token !== old && isAlive(token));
    await pool.saveUser(context, { ...user, RefreshTokens: [...kept, next] });
  }

  return {
    async GetTokensFromRefreshToken(request: Request): Promise<Answer> {
      const { ClientId, RefreshToken: old } = v.parse(requestSchema, request);
      const pool = await pools.getUserPoolForClientId(context, ClientId);
      const client = (await pools.getAppClient(context, ClientId)) as ClientOptions;
      const user = await ownerOf(pool, old);
      if (user === null) throw invalid();
      if (!user.Enabled) throw notAuthorized('User is disabled.');
      const { RefreshToken, ...tokens } = authenticationResult(
        await parts.generate(pool, user, client),
      );
      const { RefreshTokenRotation: rotation } = v.parse(rotationSchema, client);
      if (rotation.Feature === 'DISABLED') return { AuthenticationResult: tokens };
      const next = String(RefreshToken);
      const graceSeconds = rotation.RetryGracePeriodSeconds ?? 0;
      await rotate(pool, user, { old, next, graceSeconds });
      return { AuthenticationResult: { ...tokens, RefreshToken: next } };
    },
  };
}

interface Rotation {
  readonly old: string;
  readonly next: string;
  readonly graceSeconds: number;
}

const requestSchema = v.object({ ClientId: v.string(), RefreshToken: v.string() });

function isAlive(token: string): boolean {
  const claims = claimsOf(token);
  return claims !== undefined && !isOver(claims);
}
