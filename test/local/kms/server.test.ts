import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DecryptCommand,
  type DecryptCommandInput,
  DescribeKeyCommand,
  EncryptCommand,
  type EncryptCommandInput,
  GenerateRandomCommand,
} from '@aws-sdk/client-kms';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keysFile, openKms, remove } from './kms-fixture.ts';

const KEY = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const OTHER = '9b2d6f3c-1c1e-4d0b-8a77-1f0f3c1f2a10';
const ARN = `arn:aws:kms:us-east-1:000000000000:key/${KEY}`;
const CREATED = Date.parse('2026-01-15T10:00:00.000Z');
const SECRET = Buffer.from('the secret');
const CONTEXT = { account: 'a', endpoint: 'e' };

let directory: string;
let running: Awaited<ReturnType<typeof openKms>>;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'maillayer-kms-'));
  running = await openKms(directory, () => CREATED);
  running.kms.ensureKey(KEY);
  running.kms.ensureKey(OTHER);
});
afterEach(async () => {
  await running.stop();
  await remove(directory);
});

const encrypt = (changes: Partial<EncryptCommandInput> = {}) =>
  running.client.send(
    new EncryptCommand({
      KeyId: KEY,
      Plaintext: SECRET,
      EncryptionContext: CONTEXT,
      ...changes,
    }),
  );

const decrypt = (CiphertextBlob: Uint8Array, changes: Partial<DecryptCommandInput> = {}) =>
  running.client.send(
    new DecryptCommand({ CiphertextBlob, EncryptionContext: CONTEXT, ...changes }),
  );

async function ciphertext(changes: Partial<EncryptCommandInput> = {}): Promise<Uint8Array> {
  const { CiphertextBlob } = await encrypt(changes);
  if (!CiphertextBlob) throw new Error('There is no ciphertext.');
  return CiphertextBlob;
}

describe('the local KMS', () => {
  it('gives back what it encrypted, by the key that the ciphertext names', async () => {
    const { CiphertextBlob, KeyId, EncryptionAlgorithm } = await encrypt({ KeyId: ARN });
    expect([KeyId, EncryptionAlgorithm]).toEqual([ARN, 'SYMMETRIC_DEFAULT']);
    expect(Buffer.from(CiphertextBlob ?? []).includes(SECRET)).toBe(false);
    const answer = await decrypt(CiphertextBlob ?? new Uint8Array());
    expect(Buffer.from(answer.Plaintext ?? [])).toEqual(SECRET);
    expect(answer.KeyId).toBe(ARN);
  });

  it('encrypts the same text to another ciphertext each time', async () => {
    expect(await ciphertext()).not.toEqual(await ciphertext());
  });

  it('takes a context whose names come in another order', async () => {
    const EncryptionContext = { endpoint: 'e', account: 'a' };
    const { Plaintext } = await decrypt(await ciphertext(), { EncryptionContext });
    expect(Buffer.from(Plaintext ?? [])).toEqual(SECRET);
  });

  it.each([
    ['another value', { account: 'b', endpoint: 'e' }],
    ['a name less', { account: 'a' }],
    ['a name more', { ...CONTEXT, more: 'm' }],
    ['none', undefined],
  ])('refuses a ciphertext whose context has %s', async (_, EncryptionContext) => {
    await expect(decrypt(await ciphertext(), { EncryptionContext })).rejects.toMatchObject({
      name: 'InvalidCiphertextException',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('refuses a ciphertext of which any byte was changed, or that was cut', async () => {
    const whole = await ciphertext();
    const changed = [...whole.keys()].map((index) =>
      whole.map((byte, at) => (at === index ? byte ^ 1 : byte)),
    );
    const cut = [1, 10, 40, whole.length - 1].map((length) => whole.slice(0, length));
    for (const broken of [...changed, ...cut]) {
      await expect(decrypt(broken)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    }
  });

  it('decrypts under the key that is asked for, and under no other', async () => {
    const blob = await ciphertext();
    expect((await decrypt(blob, { KeyId: KEY })).KeyId).toBe(ARN);
    await expect(decrypt(blob, { KeyId: OTHER })).rejects.toMatchObject({
      name: 'IncorrectKeyException',
    });
  });

  it.each([
    ['an id', '00000000-0000-0000-0000-000000000000'],
    ["another account's ARN", ARN.replace('000000000000', '111111111111')],
    ['an alias', 'alias/secrets'],
    ['a property of every object', 'constructor'],
  ])('knows no key by %s that it did not make', async (_, KeyId) => {
    const unknown = { name: 'NotFoundException', message: `Key '${KeyId}' does not exist` };
    await expect(encrypt({ KeyId })).rejects.toMatchObject(unknown);
    await expect(decrypt(await ciphertext(), { KeyId })).rejects.toMatchObject(unknown);
    const describing = running.client.send(new DescribeKeyCommand({ KeyId }));
    await expect(describing).rejects.toMatchObject(unknown);
  });

  it('takes 1 to 4096 bytes of plaintext', async () => {
    const blob = await ciphertext({ Plaintext: Buffer.alloc(4096) });
    expect((await decrypt(blob)).Plaintext?.length).toBe(4096);
    for (const length of [0, 4097]) {
      await expect(encrypt({ Plaintext: Buffer.alloc(length) })).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining("Value at 'Plaintext'"),
      });
    }
  });

  it('describes a key', async () => {
    const { KeyMetadata } = await running.client.send(new DescribeKeyCommand({ KeyId: ARN }));
    expect(KeyMetadata).toMatchObject({
      KeyId: KEY,
      Arn: ARN,
      CreationDate: new Date(CREATED),
      Enabled: true,
      KeyState: 'Enabled',
      KeyUsage: 'ENCRYPT_DECRYPT',
    });
  });

  it("names an operation that it does not model, in KMS's shape", async () => {
    await expect(
      running.client.send(new GenerateRandomCommand({ NumberOfBytes: 1 })),
    ).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'The local KMS does not know "TrentService.GenerateRandom".',
    });
  });

  it('answers a body that is no JSON with an error', async () => {
    const headers = { 'x-amz-target': 'TrentService.Encrypt' };
    const init = { method: 'POST', headers, body: '{broken' };
    const response = await fetch(running.kms.url, init);
    expect([response.status, await response.json()]).toEqual([
      400,
      { __type: 'SerializationException', message: 'The body is not JSON.' },
    ]);
  });

  it('listens on this machine only', () => {
    expect(new URL(running.kms.url).hostname).toBe('127.0.0.1');
  });
});

describe('the keys', () => {
  it('survive a restart, in a file that only its owner can read', async () => {
    const blob = await ciphertext();
    await running.stop();
    expect((await stat(keysFile(directory))).mode & 0o777).toBe(0o600);
    running = await openKms(directory);
    running.kms.ensureKey(KEY);
    expect(Buffer.from((await decrypt(blob)).Plaintext ?? [])).toEqual(SECRET);
  });

  it('are different in each directory, although their ids are the same', async () => {
    const blob = await ciphertext();
    const elsewhere = await mkdtemp(join(tmpdir(), 'maillayer-kms-'));
    await running.stop();
    running = await openKms(elsewhere);
    running.kms.ensureKey(KEY);
    await expect(decrypt(blob)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    await remove(elsewhere);
  });

  it('are not replaced when their file is damaged', async () => {
    const shortened = (await readFile(keysFile(directory), 'utf8')).replace(
      /"[\w+/]{43}="/,
      '"AAAA"',
    );
    for (const damaged of ['no JSON', shortened]) {
      await writeFile(keysFile(directory), damaged);
      await expect(openKms(directory)).rejects.toThrow('the keys of the KMS cannot be read: ');
      expect(await readFile(keysFile(directory), 'utf8')).toBe(damaged);
    }
  });
});
