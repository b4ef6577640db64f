import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { vaultOpens, vaultSeals } from '../../lambdas/core/aws/secret-vault.ts';
import { type Kms, startKms } from '../../local/kms/server.ts';
import { startRecordingProxy } from './recording-proxy.ts';
import { atOnce, scratchDirectory, useEndpoint } from './table-fixture.ts';

const KEY = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const MINUTE = 60_000;
const MINE = { account: '665f1a2b3c4d5e6f7a8b9c0d', endpoint: '0123456789abcdef01234567' };
const SECRET = randomBytes(32);

let directory: Awaited<ReturnType<typeof scratchDirectory>>;
let kms: Kms;
let between: Awaited<ReturnType<typeof startRecordingProxy>>;
let clock: number;

beforeAll(async () => {
  directory = await scratchDirectory();
  kms = await startKms({ file: join(directory.path, 'keys.json') });
  kms.ensureKey(KEY);
  between = await startRecordingProxy(kms.url);
  useEndpoint('KMS', between.url);
});
afterAll(async () => {
  await between.stop();
  await kms.stop();
  await directory.remove();
});
beforeEach(() => {
  between.answer();
  clock = Date.parse('2026-01-15T10:00:00.000Z');
});

/** Operations that reached KMS. */
const operations = () => between.calls.map(({ target }) => target.replace('TrentService.', ''));
const seals = () => vaultSeals(KEY);
const opens = () => vaultOpens(KEY, { now: () => clock });

/** A sealed secret and a vault to open it with; calls are counted from here. */
async function sealed(secret: Uint8Array = SECRET) {
  const ciphertext = await seals().seal(MINE, secret);
  between.answer();
  return { ciphertext, vault: opens() };
}

describe('the vault of secrets', () => {
  it('gives back what was sealed for the same account and endpoint', async () => {
    const { ciphertext, vault } = await sealed();
    expect(Buffer.from(ciphertext, 'base64').toString('base64')).toBe(ciphertext);
    expect(Buffer.from(await vault.open(MINE, ciphertext))).toEqual(SECRET);
  });

  it.each([
    ['account', { ...MINE, account: '000000000000000000000000' }],
    ['endpoint', { ...MINE, endpoint: '000000000000000000000000' }],
  ])('never opens a ciphertext for another %s, kept in memory or not', async (_, other) => {
    const { ciphertext, vault } = await sealed();
    const refused = { name: 'InvalidCiphertextException' };
    await expect(vault.open(other, ciphertext)).rejects.toMatchObject(refused);
    await vault.open(MINE, ciphertext);
    await expect(vault.open(other, ciphertext)).rejects.toMatchObject(refused);
  });

  it('opens under its own key only', async () => {
    const other = '9b2d6f3c-1c1e-4d0b-8a77-1f0f3c1f2a10';
    kms.ensureKey(other);
    const ciphertext = await vaultSeals(other).seal(MINE, SECRET);
    await expect(opens().open(MINE, ciphertext)).rejects.toMatchObject({
      name: 'IncorrectKeyException',
    });
  });

  it('asks KMS once in five minutes, and again when they are over', async () => {
    const { ciphertext, vault } = await sealed();
    for (const minutes of [0, 1, 3.999]) {
      clock += minutes * MINUTE;
      await vault.open(MINE, ciphertext);
    }
    expect(operations()).toEqual(['Decrypt']);
    clock += 0.001 * MINUTE;
    expect(Buffer.from(await vault.open(MINE, ciphertext))).toEqual(SECRET);
    expect(operations()).toEqual(['Decrypt', 'Decrypt']);
  });

  it('shares one call among those who open the same at the same time', async () => {
    const { ciphertext, vault } = await sealed();
    const all = await Promise.all(Array.from({ length: 20 }, () => vault.open(MINE, ciphertext)));
    expect(all.every((each) => SECRET.equals(each))).toBe(true);
    expect(operations()).toEqual(['Decrypt']);
  });

  it('does not keep a failure', async () => {
    const { ciphertext, vault } = await sealed();
    between.answer(() => {
      const isFirst = between.calls.length === 1;
      return isFirst ? { status: 400, error: 'KMSInvalidStateException' } : undefined;
    });
    const [one, two] = await Promise.allSettled([
      vault.open(MINE, ciphertext),
      vault.open(MINE, ciphertext),
    ]);
    expect([one.status, two.status]).toEqual(['rejected', 'rejected']);
    expect(Buffer.from(await vault.open(MINE, ciphertext))).toEqual(SECRET);
    expect(operations()).toEqual(['Decrypt', 'Decrypt']);
  });

  it('is not changed by what a caller does to the bytes', async () => {
    const { ciphertext, vault } = await sealed();
    (await vault.open(MINE, ciphertext)).fill(0);
    expect(Buffer.from(await vault.open(MINE, ciphertext))).toEqual(SECRET);
  });

  it('keeps the latest thousand, and lets the oldest go', async () => {
    const { seal } = seals();
    const vault = opens();
    const all: string[] = [];
    while (all.length < 1001) {
      // Few at a time: the client gives up what waits long for a connection.
      const some = await atOnce(13, (index) => seal(MINE, Buffer.from([index])));
      await Promise.all(some.map((ciphertext) => vault.open(MINE, ciphertext)));
      all.push(...some);
    }
    expect(all.length).toBe(1001);
    between.answer();
    await vault.open(MINE, all[1] ?? '');
    await vault.open(MINE, all[1000] ?? '');
    expect(operations()).toEqual([]);
    await vault.open(MINE, all[0] ?? '');
    expect(operations()).toEqual(['Decrypt']);
  });
});
