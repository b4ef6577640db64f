import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

/** S3 expires at the next midnight (UTC) at the earliest, and DynamoDB's TTL within two days: content outlives its record. */
const GRACE_DAYS = 2;

/** Where the content of larger emails lies. It outlives its stack, unless a first deployment is rolled back; its objects expire. */
export class ContentBucket extends Construct {
  private readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: { readonly retentionDays: number }) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      lifecycleRules: [{ expiration: Duration.days(props.retentionDays + GRACE_DAYS) }],
    });
  }

  grant(fn: ServiceFunction<{ CONTENT_BUCKET: string }>, action: 'GetObject' | 'PutObject'): void {
    fn.allow([`s3:${action}`], [this.bucket.arnForObjects('*')]);
    // S3 says that an object is not there only to those who may list; to others it is forbidden.
    if (action === 'GetObject') fn.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
    fn.setVariable('CONTENT_BUCKET', this.bucket.bucketName);
  }
}
