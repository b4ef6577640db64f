/**
 * Says whether an AWS environment lacks CDK's bootstrap: `check-bootstrap.ts BUCKET REGION` prints
 * `missing` if the bucket that takes the bundles does not exist, and nothing if it does or nobody can tell.
 *
 * It asks as nobody. S3 tells even a stranger that a name is free, so this needs neither rights nor the
 * credentials that `--profile` chose, which the CDK command line does not hand on.
 */
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';

const [Bucket, region] = process.argv.slice(2);
if (Bucket === undefined || region === undefined) {
  throw new Error('Usage: node bin/check-bootstrap.ts BUCKET REGION');
}

const s3 = new S3Client({
  region,
  maxAttempts: 1,
  credentials: { accessKeyId: '', secretAccessKey: '' },
  signer: { sign: async (request) => request },
  requestHandler: { connectionTimeout: 2000, requestTimeout: 3000, throwOnRequestTimeout: true },
});

try {
  await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 1 }));
} catch (error) {
  if (error instanceof Error && error.name === 'NoSuchBucket') {
    console.log('missing');
  }
} finally {
  s3.destroy();
}
