import * as v from 'valibot';
import { ACCOUNT } from '../template/aws.ts';
import { decrypt, encrypt } from './ciphertext.ts';
import { KmsError } from './errors.ts';
import type { Keys } from './keys.ts';

/** One operation: the JSON of its request to the JSON of its answer. */
export type Operation = (request: unknown) => object;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html and API_Decrypt.html */
const MOST_PLAINTEXT_BYTES = 4096;
const MOST_CIPHERTEXT_BYTES = 6144;

/** The only algorithm of a symmetric key. */
const ALGORITHM = 'SYMMETRIC_DEFAULT';

const blob = (most: number) =>
  v.pipe(
    v.string(),
    v.base64('must be base64'),
    v.transform((text) => Buffer.from(text, 'base64')),
    v.check(({ length }) => length >= 1, 'must have length greater than or equal to 1'),
    v.check(({ length }) => length <= most, `must have length less than or equal to ${most}`),
  );

const keyId = v.pipe(v.string(), v.minLength(1));

const shared = {
  EncryptionContext: v.optional(v.record(v.string(), v.string()), {}),
  EncryptionAlgorithm: v.optional(v.literal(ALGORITHM)),
};

const encryptSchema = v.object({
  ...shared,
  KeyId: keyId,
  Plaintext: blob(MOST_PLAINTEXT_BYTES),
});

const decryptSchema = v.object({
  ...shared,
  KeyId: v.optional(keyId),
  CiphertextBlob: blob(MOST_CIPHERTEXT_BYTES),
});

const describeSchema = v.object({ KeyId: keyId });

/** The operations that are modelled, by name. */
export function operations(keys: Keys): ReadonlyMap<string, Operation> {
  return new Map<string, Operation>([
    ['Encrypt', (request) => encryptOperation(keys, read(encryptSchema, request))],
    ['Decrypt', (request) => decryptOperation(keys, read(decryptSchema, request))],
    ['DescribeKey', (request) => describeKey(keys, read(describeSchema, request))],
  ]);
}

function encryptOperation(keys: Keys, request: v.InferOutput<typeof encryptSchema>) {
  const key = keys.get(request.KeyId);
  const ciphertext = encrypt(key, request.Plaintext, request.EncryptionContext);
  return {
    CiphertextBlob: ciphertext.toString('base64'),
    EncryptionAlgorithm: ALGORITHM,
    KeyId: key.arn,
  };
}

function decryptOperation(keys: Keys, request: v.InferOutput<typeof decryptSchema>) {
  const wanted = request.KeyId === undefined ? undefined : keys.get(request.KeyId);
  const { key, plaintext } = decrypt(keys, request.CiphertextBlob, request.EncryptionContext);
  if (wanted !== undefined && wanted.id !== key.id) {
    throw new KmsError(
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  }
  return {
    EncryptionAlgorithm: ALGORITHM,
    KeyId: key.arn,
    Plaintext: plaintext.toString('base64'),
  };
}

function describeKey(keys: Keys, { KeyId }: v.InferOutput<typeof describeSchema>) {
  const key = keys.get(KeyId);
  return {
    KeyMetadata: {
      AWSAccountId: ACCOUNT,
      Arn: key.arn,
      CreationDate: key.createdAt / 1000,
      Description: '',
      Enabled: true,
      EncryptionAlgorithms: [ALGORITHM],
      KeyId: key.id,
      KeyManager: 'CUSTOMER',
      KeySpec: ALGORITHM,
      KeyState: 'Enabled',
      KeyUsage: 'ENCRYPT_DECRYPT',
      MultiRegion: false,
      Origin: 'AWS_KMS',
    },
  };
}

function read<S extends v.GenericSchema>(schema: S, request: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, request);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new KmsError(
    'ValidationException',
    `1 validation error detected: Value at '${v.getDotPath(issue) ?? 'request'}' failed to satisfy constraint: ${issue.message}`,
  );
}
