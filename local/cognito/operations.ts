import { type Claims, requireAccessToken } from './access-token.ts';
import { notAuthorized } from './errors.ts';
import type { Answer, Attribute, Parts, Pool, Request, User } from './parts.ts';
import { newPasswordIn, requireGoodPassword } from './passwords.ts';
import { recoveryOperations } from './recovery.ts';
import { refreshOperations } from './refresh.ts';
import { signInOperations } from './sign-in.ts';
import { userOperations } from './users.ts';

/** Does what a request to Cognito asks for, by the name of the operation. */
export type Dispatch = (name: string, request: Request) => Promise<Answer>;

type Signed = (request: Request, user: User, pool: Pool) => Promise<Answer>;

/** cognito-local's operations, with ours in the place of those that differ from Cognito's. */
export function createDispatch(parts: Parts): Dispatch {
  const { GlobalSignOut, ...recovery } = recoveryOperations(parts);
  const ours = [signInOperations(parts), refreshOperations(parts), userOperations(parts), recovery];
  const own = new Map<string, (request: Request) => Promise<Answer>>(
    ours.flatMap((operations) => Object.entries(operations)),
  );
  const signed = new Map<string, Signed>(Object.entries({ GlobalSignOut }));
  return async (name, written) => {
    const claims = tokenIn(written, parts);
    const pool = await poolOf(written, claims, parts);
    const request = pool === undefined ? written : inLowerCase(written, pool);
    const password = newPasswordIn(name, request);
    if (password !== undefined && pool !== undefined) requireGoodPassword(password, pool.options);
    const whenSigned = signed.get(name);
    if (whenSigned !== undefined && pool !== undefined) {
      return whenSigned(request, await userOf(claims, pool, parts), pool);
    }
    const operation = own.get(name);
    if (operation !== undefined) return operation(request);
    return parts.operation(name)(parts.context, request);
  };
}

function tokenIn({ AccessToken }: Request, { publicKey }: Parts): Claims | undefined {
  return typeof AccessToken === 'string' ? requireAccessToken(AccessToken, publicKey) : undefined;
}

async function poolOf(request: Request, claims: Claims | undefined, { context, pools }: Parts) {
  const { UserPoolId } = request;
  if (typeof UserPoolId === 'string') return pools.getUserPool(context, UserPoolId);
  const clientId = request.ClientId ?? claims?.client_id;
  if (typeof clientId !== 'string') return undefined;
  return pools.getUserPoolForClientId(context, clientId);
}

async function userOf(claims: Claims | undefined, pool: Pool, { context }: Parts): Promise<User> {
  const user = await pool.getUserByUsername(context, String(claims?.sub));
  if (user === null) throw notAuthorized('Invalid Access Token');
  return user;
}

/** The request with its user's name and address in lower case, where the pool does not tell cases apart. */
function inLowerCase(request: Request, { options }: Pool): Request {
  const { CaseSensitive } = (options.UsernameConfiguration ?? {}) as { CaseSensitive?: boolean };
  if (CaseSensitive !== false) return request;
  const changed: Record<string, unknown> = { ...lowered(request, 'Username') };
  for (const key of ['AuthParameters', 'ChallengeResponses']) {
    if (key in request) changed[key] = lowered(request[key], 'USERNAME');
  }
  const { UserAttributes } = request;
  if (Array.isArray(UserAttributes)) {
    changed.UserAttributes = (UserAttributes as readonly Attribute[]).map((attribute) =>
      attribute.Name === 'email' ? lowered(attribute, 'Value') : attribute,
    );
  }
  return changed;
}

function lowered(value: unknown, name: string): object {
  if (typeof value !== 'object' || value === null) return {};
  const written = (value as Readonly<Record<string, unknown>>)[name];
  return typeof written === 'string' ? { ...value, [name]: written.toLowerCase() } : value;
}
