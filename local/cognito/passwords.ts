import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { CognitoError } from './errors.ts';
import type { PoolSettings } from './settings.ts';

/** Far less than a service needs, but these are passwords for one machine, and the tests sign in all the time. */
const COST = { N: 1024 };
const KEY_BYTES = 32;

/** Of every kind of character, so that it fits any policy. */
export function firstPassword(): string {
  return `${randomBytes(9).toString('base64url')}-aA1`;
}

/**
 * A new password as it is kept: the salt, a dot, and the scrypt of both.
 *
 * @throws CognitoError `InvalidPasswordException` where the pool's policy forbids it
 */
export function hashNew(password: string, { Policies }: PoolSettings): string {
  requireGood(password, Policies?.PasswordPolicy ?? {});
  const salt = randomBytes(16).toString('base64url');
  return `${salt}.${scryptSync(password, salt, KEY_BYTES, COST).toString('base64url')}`;
}

export function isPassword(password: string, hash: string): boolean {
  const [salt = '', key = ''] = hash.split('.');
  const given = scryptSync(password, salt, KEY_BYTES, COST);
  return timingSafeEqual(given, Buffer.from(key, 'base64url'));
}

type Policy = NonNullable<NonNullable<PoolSettings['Policies']>['PasswordPolicy']>;

const KINDS = {
  RequireLowercase: [/[a-z]/, 'lowercase'],
  RequireUppercase: [/[A-Z]/, 'uppercase'],
  RequireNumbers: [/\d/, 'numeric'],
  RequireSymbols: [/[^A-Za-z0-9]/, 'symbol'],
} as const;

/** What a policy leaves out is as in Cognito's own. */
function requireGood(password: string, { MinimumLength = 8, ...kinds }: Policy): void {
  const missing = Object.entries(KINDS).flatMap(([rule, [kind, name]]) =>
    kinds[rule] === false || kind.test(password) ? [] : `Password must have ${name} characters`,
  );
  const tooShort = password.length < MinimumLength ? ['Password not long enough'] : [];
  const [problem] = [...tooShort, ...missing];
  if (problem === undefined) return;
  const message = `Password did not conform with policy: ${problem}`;
  throw new CognitoError('InvalidPasswordException', message);
}
