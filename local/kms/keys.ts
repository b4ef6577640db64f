import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import { messageOf } from '../start-error.ts';
import { arn } from '../template/aws.ts';
import { KmsError } from './errors.ts';

/** A symmetric key. */
export interface Key {
  /** A UUID. */
  readonly id: string;
  readonly arn: string;
  /** 32 bytes. */
  readonly material: Buffer;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** The keys of one file. */
export interface Keys {
  /** Makes the key if it is not there. */
  ensure(id: string): void;
  /** @throws KmsError when no key has this id or ARN. */
  get(idOrArn: string): Key;
}

/** AES-256's. */
const KEY_BYTES = 32;

const fileSchema = v.record(
  v.string(),
  v.object({
    material: v.pipe(
      v.string(),
      v.base64(),
      v.check((text) => Buffer.from(text, 'base64').length === KEY_BYTES, 'must be 32 bytes'),
    ),
    createdAt: v.number(),
  }),
);
type Stored = v.InferOutput<typeof fileSchema>;

const ARN_START = arn('kms', 'key/');

/**
 * Opens the keys that `file` holds; it is made with the first key.
 *
 * @param now ms since the epoch
 * @throws Error when the file holds something else.
 */
export function openKeys(file: string, now: () => number): Keys {
  let stored = read(file);
  return {
    ensure(id) {
      if (Object.hasOwn(stored, id)) return;
      const material = randomBytes(KEY_BYTES).toString('base64');
      stored = { ...stored, [id]: { material, createdAt: now() } };
      write(file, stored);
    },
    get(idOrArn) {
      const id = idOrArn.startsWith(ARN_START) ? idOrArn.slice(ARN_START.length) : idOrArn;
      const found = Object.hasOwn(stored, id) ? stored[id] : undefined;
      if (found === undefined) {
        throw new KmsError('NotFoundException', `Key '${idOrArn}' does not exist`);
      }
      const { material, createdAt } = found;
      return { id, arn: ARN_START + id, material: Buffer.from(material, 'base64'), createdAt };
    },
  };
}

function read(file: string): Stored {
  try {
    return v.parse(fileSchema, JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(`the keys of the KMS cannot be read: ${messageOf(error)}`);
  }
}

/** Whole and on the disk before it is used: what a lost key has encrypted is lost with it. */
function write(file: string, stored: Stored): void {
  const fresh = `${file}.new`;
  rmSync(fresh, { force: true });
  const options = { mode: 0o600, flag: 'wx', flush: true } as const;
  writeFileSync(fresh, `${JSON.stringify(stored, null, 2)}\n`, options);
  renameSync(fresh, file);
}
