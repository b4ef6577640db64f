import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Content, Email } from '../email/email.ts';
import type { ContentStore } from '../email/email-store.ts';
import { DeadlineHandler } from '../runtime/deadline.ts';
import { getItem } from './items.ts';
import { keys } from './keys.ts';
import { expiresAt, type Table } from './table.ts';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** Above this a put to S3 costs less than the table's write units (8 × 1 KB against one PUT). */
const TABLE_BYTES = 8 * 1024;

const objectKey = (email: Email) => `${email.account}/${email.id}/${email.fingerprint}`;
const itemKey = (email: Email) => keys.content(email.account, email.id, email.fingerprint);

async function pack(content: Content): Promise<Buffer> {
  // Quality 5 of 11: mail compresses about as well as at 11, in a fraction of the time.
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
  return await compress(Buffer.from(JSON.stringify(content)), { params });
}

async function unpack(bytes: Uint8Array): Promise<Content> {
  return JSON.parse((await decompress(bytes)).toString('utf8')) as Content;
}

async function readObject(s3: S3Client, bucket: string, key: string) {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return await Body?.transformToByteArray();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

function openBucket(): S3Client {
  const requestHandler = new DeadlineHandler({ connectionTimeout: 1000, requestTimeout: 10_000 });
  return new S3Client({ requestHandler, maxAttempts: 3 });
}

/** Writes contents, compressed: small ones to the table, large ones to the bucket. */
export function contentWrites(
  table: Table,
  bucket: string,
  retentionDays: number,
): Pick<ContentStore, 'put'> {
  const s3 = openBucket();
  return {
    async put(email, content) {
      const bytes = await pack(content);
      if (bytes.length > TABLE_BYTES) {
        const target = { Bucket: bucket, Key: objectKey(email) };
        await s3.send(new PutObjectCommand({ ...target, Body: bytes }));
        return;
      }
      const ttl = expiresAt(Date.parse(email.createdAt), retentionDays);
      const item = { ...itemKey(email), bytes, ttl };
      await table.client.send(new PutCommand({ TableName: table.name, Item: item }));
    },
  };
}

/** Reads contents from where {@link contentWrites} put them. */
export function contentReads(table: Table, bucket: string): Pick<ContentStore, 'find'> {
  const s3 = openBucket();
  return {
    async find(email) {
      const item = await getItem(table, itemKey(email));
      const bytes = item
        ? (item.bytes as Uint8Array)
        : await readObject(s3, bucket, objectKey(email));
      return bytes && (await unpack(bytes));
    },
  };
}
