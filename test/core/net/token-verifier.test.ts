import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessClaims, signingKey, startTokenPool, type TokenPool, tokenOf } from './token-pool.ts';

let pool: TokenPool;
beforeAll(async () => {
  pool = await startTokenPool();
});
afterAll(() => pool.stop());

const HEADER = { alg: 'RS256', kid: 'first' };
const soon = () => Math.floor(Date.now() / 1000) + 60;
const past = () => Math.floor(Date.now() / 1000) - 60;
const USER = accessClaims().sub;

describe('an access token of the pool', () => {
  it('says who the user is', async () => {
    expect(await pool.verifier().verify(pool.token())).toEqual({ id: USER, operator: false });
  });

  it.each<[unknown, boolean]>([
    [['operators'], true],
    [['others', 'operators'], true],
    [['others'], false],
    [['Operators', 'operators2'], false],
    [[], false],
  ])('with the groups %j is an operator’s: %p', async (groups, operator) => {
    const token = pool.token({ 'cognito:groups': groups });
    expect(await pool.verifier().verify(token)).toEqual({ id: USER, operator });
  });
});

describe('a token that is wrong is nobody’s:', () => {
  const foreign = signingKey('first');
  const { iss } = accessClaims();
  const wrong: readonly [string, () => string][] = [
    ['expired', () => pool.token({ exp: past() })],
    ['without an end', () => pool.token({ exp: undefined })],
    ['not yet valid', () => pool.token({ nbf: soon() })],
    ['of another issuer', () => pool.token({ iss: iss.replace('Abc', 'Xyz') })],
    ['of another region', () => pool.token({ iss: iss.replace('us-east-1.', 'eu-west-1.') })],
    ['without an issuer', () => pool.token({ iss: undefined })],
    ['for another client', () => pool.token({ client_id: 'another' })],
    ['with its client as audience only', () => pool.token({ client_id: undefined, aud: 'x' })],
    ['an id token', () => pool.token({ token_use: 'id' })],
    ['an id token by its audience', () => pool.token({ token_use: 'id', aud: 'x' })],
    ['without a use', () => pool.token({ token_use: undefined })],
    ['without a user', () => pool.token({ sub: undefined })],
    ['of an empty user', () => pool.token({ sub: '' })],
    ['with groups of another form', () => pool.token({ 'cognito:groups': 'operators' })],
    ['signed by another key of the same name', () => pool.token({}, foreign)],
    ['by a key that nobody has', () => pool.token({}, signingKey('unknown'))],
    [
      'without the name of a key',
      () => tokenOf({ alg: 'RS256' }, accessClaims(), pool.key.pair.privateKey),
    ],
    [
      'without an algorithm',
      () => tokenOf({ kid: 'first' }, accessClaims(), pool.key.pair.privateKey),
    ],
    ['unsigned', () => tokenOf(HEADER, accessClaims())],
    ['with algorithm none', () => tokenOf({ ...HEADER, alg: 'none' }, accessClaims())],
    [
      'with algorithm none and no signature',
      () =>
        `${tokenOf({ ...HEADER, alg: 'none' }, accessClaims())
          .split('.')
          .slice(0, 2)
          .join('.')}.`,
    ],
    [
      'with algorithm EdDSA',
      () => tokenOf({ ...HEADER, alg: 'EdDSA' }, accessClaims(), pool.key.pair.privateKey),
    ],
    ['signed with the public key as a secret', () => withPublicKeyAsSecret()],
    ['with claims changed after it was signed', () => changed()],
    ['cut', () => pool.token().slice(0, -20)],
    ['of two parts', () => pool.token().split('.').slice(0, 2).join('.')],
    ['of four parts', () => `${pool.token()}.x`],
    ['no JSON', () => 'aaaa.bbbb.cccc'],
    ['JSON of another form', () => tokenOf([], [])],
    ['garbage', () => 'garbage'],
    ['empty', () => ''],
  ];

  function withPublicKeyAsSecret(): string {
    const secret = pool.key.pair.publicKey.export({ type: 'spki', format: 'pem' });
    const [header, claims] = tokenOf({ ...HEADER, alg: 'HS256' }, accessClaims()).split('.');
    const input = `${header}.${claims}`;
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  }

  function changed(): string {
    const [header, , signature] = pool.token().split('.');
    const [, claims] = tokenOf(HEADER, accessClaims({ sub: 'another' })).split('.');
    return [header, claims, signature].join('.');
  }

  it.each(wrong)('%s', async (_what, make) => {
    expect(await pool.verifier().verify(make())).toBeUndefined();
  });

  it('also once the keys are known, and then the right one is still taken', async () => {
    const verifier = pool.verifier();
    await verifier.verify(pool.token());
    for (const [, make] of wrong) expect(await verifier.verify(make())).toBeUndefined();
    expect(await verifier.verify(pool.token())).toEqual({ id: USER, operator: false });
  });
});

describe('the pool’s keys', () => {
  it('are fetched once for many tokens, also at the same moment', async () => {
    const verifier = pool.verifier();
    const before = pool.served.asked;
    await Promise.all(Array.from({ length: 20 }, () => verifier.verify(pool.token())));
    await verifier.verify(pool.token());
    expect(pool.served.asked - before).toBe(1);
  });

  it('are not fetched for what does not claim to be the pool’s', async () => {
    const verifier = pool.verifier();
    const before = pool.served.asked;
    for (const token of ['x', 'a.b.c', pool.token({ iss: 'https://issuer.example' })]) {
      expect(await verifier.verify(token)).toBeUndefined();
    }
    expect(pool.served.asked).toBe(before);
  });

  it('are fetched again for a new one, and not again and again for one that nobody has', async () => {
    const verifier = pool.verifier();
    await verifier.verify(pool.token());
    const second = signingKey('second');
    pool.served.keys.push(second);
    const before = pool.served.asked;
    expect(await verifier.verify(pool.token({}, second))).toEqual({ id: USER, operator: false });
    const unknown = pool.token({}, signingKey('unknown'));
    for (let i = 0; i < 5; i += 1) expect(await verifier.verify(unknown)).toBeUndefined();
    expect(pool.served.asked - before).toBe(2);
  });

  it('that cannot be fetched are an error and let nobody in, until they can be', async () => {
    const verifier = pool.verifier();
    pool.served.status = 503;
    await expect(verifier.verify(pool.token())).rejects.toThrow('503');
    pool.served.status = 200;
    const [hanging] = [pool.served.asked];
    pool.served.hang = true;
    await expect(verifier.verify(pool.token())).rejects.toThrow(/timeout/);
    pool.served.hang = false;
    expect(pool.served.asked).toBe(hanging + 1);
    expect(await verifier.verify(pool.token())).toEqual({ id: USER, operator: false });
  });
});
