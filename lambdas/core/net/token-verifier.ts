import { JwtVerifier } from 'aws-jwt-verify';
import {
  FailedAssertionError,
  JwtInvalidSignatureError,
  JwtParseError,
  JwtWithoutValidKidError,
  KidNotFoundInJwksError,
  WaitPeriodNotYetEndedJwkError,
} from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';
import * as v from 'valibot';
import type { TokenVerifier, User } from '../account/user.ts';

/** Group of the user pool whose members are operators. */
const OPERATORS = 'operators';
/** What Cognito signs with. */
const ALGORITHM = 'RS256';
/** How long a request waits for the pool's keys, in milliseconds. */
const FETCH_MS = 3000;

/** What the library says of a token that is wrong; everything else is a fault that is not the token's. */
const WRONG_TOKEN = [
  JwtParseError,
  JwtWithoutValidKidError,
  KidNotFoundInJwksError,
  // The keys were fetched a moment ago and had not the one that a token named.
  WaitPeriodNotYetEndedJwkError,
  JwtInvalidSignatureError,
  FailedAssertionError,
];

async function fetchKeys(url: string): Promise<ArrayBuffer> {
  const signal = AbortSignal.timeout(FETCH_MS);
  const response = await fetch(url, { signal, redirect: 'error' });
  if (response.ok) return await response.arrayBuffer();
  await response.body?.cancel();
  throw new Error(`The user pool answered ${response.status} when it was asked for its keys.`);
}

function claimsOf(clientId: string) {
  return v.object({
    sub: v.pipe(v.string(), v.nonEmpty()),
    token_use: v.literal('access'),
    client_id: v.literal(clientId),
    // The library looks at it only where there is one.
    exp: v.number(),
    'cognito:groups': v.optional(v.array(v.string()), []),
  });
}

/** The outcome, or undefined where it failed because the token is wrong. */
async function unlessWrong<Result>(check: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await check();
  } catch (error) {
    if (WRONG_TOKEN.some((kind) => error instanceof kind)) return undefined;
    throw error;
  }
}

/**
 * Verifies access tokens of a Cognito user pool: signature, issuer, use, client and time. The pool's keys are
 * fetched once, and again for a key that is new.
 *
 * @param endpoint where the pool's keys are; AWS when absent
 * @throws (from `verify`) when the keys cannot be fetched
 */
export function openTokenVerifier(
  pool: { readonly USER_POOL_ID: string; readonly USER_POOL_CLIENT_ID: string },
  endpoint?: string,
): TokenVerifier {
  const { USER_POOL_ID: id, USER_POOL_CLIENT_ID: clientId } = pool;
  const [region = ''] = id.split('_');
  // The same in every partition that has SES, GovCloud included.
  const host = `https://cognito-idp.${region}.amazonaws.com`;
  const issuer = `${host}/${id}`;
  const jwksUri = `${endpoint ?? host}/${id}/.well-known/jwks.json`;
  const jwksCache = new SimpleJwksCache({ fetcher: { fetch: fetchKeys } });
  // Access tokens of Cognito name their client in a claim of its own and have no audience.
  const verifier = JwtVerifier.create({ issuer, audience: null, jwksUri }, { jwksCache });
  const schema = claimsOf(clientId);

  /** A token that does not even claim to be the pool's costs no look at the keys. */
  const claimsToBeOurs = (token: string): boolean => {
    const { header, payload } = decomposeUnverifiedJwt(token);
    return header.alg === ALGORITHM && payload.iss === issuer;
  };
  return {
    async verify(token): Promise<User | undefined> {
      const payload = await unlessWrong(async () =>
        claimsToBeOurs(token) ? await verifier.verify(token) : undefined,
      );
      const claims = v.safeParse(schema, payload);
      if (!claims.success) return undefined;
      const { sub, 'cognito:groups': groups } = claims.output;
      return { id: sub, operator: groups.includes(OPERATORS) };
    },
  };
}
