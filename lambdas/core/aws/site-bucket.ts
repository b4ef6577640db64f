import {
  DeleteObjectsCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import type { SiteBucket } from '../deployment/site.ts';
import { DeadlineHandler } from '../runtime/deadline.ts';

/** S3 deletes at most so many objects in one call. */
const MOST_DELETED = 1000;

async function removeSome(s3: S3Client, bucket: string, names: readonly string[]): Promise<void> {
  const Objects = names.map((Key) => ({ Key }));
  const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } });
  const { Errors = [] } = await s3.send(command);
  const [first] = Errors;
  if (first) throw new Error(`${first.Key} could not be deleted: ${first.Message}`);
}

/** The dashboard's files in S3. */
export function siteBucket(bucket: string): SiteBucket {
  const requestHandler = new DeadlineHandler({ connectionTimeout: 1000, requestTimeout: 10_000 });
  const s3 = new S3Client({ requestHandler });
  return {
    async put({ name, bytes, contentType, cacheControl }) {
      const object = { Key: name, Body: bytes };
      const headers = { ContentType: contentType, CacheControl: cacheControl };
      await s3.send(new PutObjectCommand({ Bucket: bucket, ...object, ...headers }));
    },
    async list() {
      const found: { name: string; modifiedAt: number }[] = [];
      for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket })) {
        for (const { Key = '', LastModified } of page.Contents ?? []) {
          found.push({ name: Key, modifiedAt: LastModified?.getTime() ?? 0 });
        }
      }
      return found;
    },
    async remove(names) {
      for (let i = 0; i < names.length; i += MOST_DELETED) {
        await removeSome(s3, bucket, names.slice(i, i + MOST_DELETED));
      }
    },
  };
}
