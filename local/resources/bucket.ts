import { CreateBucketCommand, HeadBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Resource } from '../template/template.ts';

/** Encryption, access and protection are not enforced here; nothing expires (docs/local.md). */
const IGNORED = [
  'BucketEncryption',
  'BucketName',
  'LifecycleConfiguration',
  'OwnershipControls',
  'PublicAccessBlockConfiguration',
  'Tags',
];

/** Creates the bucket if it is not there. */
export async function deployBucket(client: S3Client, resource: Resource): Promise<void> {
  resource.properties({}, IGNORED);
  try {
    await client.send(new HeadBucketCommand({ Bucket: resource.name }));
  } catch {
    await client.send(new CreateBucketCommand({ Bucket: resource.name }));
  }
}
