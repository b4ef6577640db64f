import { createHmac, randomInt } from 'node:crypto';
import * as v from 'valibot';
import { CognitoError, invalidParameter } from './errors.ts';
import { ofOwner } from './operation.ts';
import type { Answer } from './tokens.ts';
import type { User } from './user-pool.ts';

/** Base 32, in which authenticators take their secrets. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;

/** The operations by which users set up an authenticator. */
export const secondFactorOperations = {
  AssociateSoftwareToken: ofOwner({}, (user, _, { pool }) => {
    if (pool.settings.MfaConfiguration !== 'OPTIONAL') {
      throw new CognitoError(
        'SoftwareTokenMFANotFoundException',
        'Software Token MFA has not been enabled by the userPool',
      );
    }
    const newSecret = Array.from({ length: 32 }, () => ALPHABET[randomInt(32)]).join('');
    pool.put({ ...user, newSecret });
    return { SecretCode: newSecret };
  }),

  VerifySoftwareToken: ofOwner({ UserCode: v.string() }, (user, { UserCode }, { pool }) => {
    if (!isCodeNow(user.newSecret, UserCode)) {
      throw new CognitoError(
        'EnableSoftwareTokenMFAException',
        'Code mismatch and fail enable Software Token MFA',
      );
    }
    pool.change(user, { secret: user.newSecret, newSecret: undefined });
    return { Status: 'SUCCESS' };
  }),

  SetUserMFAPreference: ofOwner(
    { SoftwareTokenMfaSettings: v.object({ Enabled: v.optional(v.boolean(), false) }) },
    (user, { SoftwareTokenMfaSettings: { Enabled } }, { pool }) => {
      if (Enabled && user.secret === undefined) {
        throw invalidParameter('User has not verified software token mfa');
      }
      pool.change(user, { secondFactor: Enabled });
    },
  ),
};

/** What Cognito tells of a user's second factor. */
export function factorsOf({ secondFactor }: User): Answer {
  const PreferredMfaSetting = 'SOFTWARE_TOKEN_MFA';
  return secondFactor ? { PreferredMfaSetting, UserMFASettingList: [PreferredMfaSetting] } : {};
}

/** Whether an authenticator with this secret shows this code now, by a clock that is up to half a minute off. */
export function isCodeNow(secret: string | undefined, code: string | undefined): boolean {
  if (secret === undefined) return false;
  const step = Math.floor(Date.now() / STEP_MS);
  return [step - 1, step, step + 1].some((it) => codeAt(secret, it) === code);
}

/** RFC 6238 with its defaults, which all authenticators share. */
function codeAt(secret: string, step: number): string {
  const bits = [...secret].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0'));
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  const key = Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', key).update(counter).digest();
  const number = digest.readUInt32BE(digest.readUInt8(digest.length - 1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}
