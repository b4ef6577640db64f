import { describe, expect, it } from '@jest/globals';
import { firstPassword, hashNew, isPassword } from '../../../local/cognito/passwords.ts';
import type { PoolSettings } from '../../../local/cognito/settings.ts';

const POOL: PoolSettings = { Id: 'us-east-1_Maillayer', UsernameAttributes: ['email'] };

describe("a pool's passwords", () => {
  it.each([
    ['Aa1-567', 'Password not long enough'],
    ['AA1-5678', 'Password must have lowercase characters'],
    ['aa1-5678', 'Password must have uppercase characters'],
    ['Aaa-aaaa', 'Password must have numeric characters'],
    ['Aa345678', 'Password must have symbol characters'],
  ])("are held against Cognito's own policy where the pool has none: %s", (password, problem) => {
    expect(() => hashNew(password, POOL)).toThrow(
      `Password did not conform with policy: ${problem}`,
    );
  });

  it('need only what the policy asks for', () => {
    const kinds = { RequireNumbers: false, RequireSymbols: false, RequireUppercase: false };
    const Policies = { PasswordPolicy: { MinimumLength: 6, ...kinds } };
    expect(isPassword('abcdef', hashNew('abcdef', { ...POOL, Policies }))).toBe(true);
    expect(() => hashNew('ABCDEF', { ...POOL, Policies })).toThrow('lowercase');
  });

  it('are told from others by a hash that is never the same', () => {
    const hash = hashNew('Aa1-5678', POOL);
    expect(isPassword('Aa1-5678', hash)).toBe(true);
    expect(isPassword('Aa1-5679', hash)).toBe(false);
    expect(hashNew('Aa1-5678', POOL)).not.toBe(hash);
  });

  it('fit any policy when they are first ones', () => {
    for (let n = 0; n < 50; n += 1) expect(() => hashNew(firstPassword(), POOL)).not.toThrow();
  });
});
