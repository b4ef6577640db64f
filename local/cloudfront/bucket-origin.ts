import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';

/** What an origin answers. */
export interface OriginAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Uint8Array | string;
}

/** S3 does not say that an object is missing to who may not list the bucket, as CloudFront may not. */
const DENIED: OriginAnswer = {
  status: 403,
  headers: { 'content-type': 'application/xml' },
  body: '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
};

/**
 * An object of a bucket, as CloudFront gets it from S3.
 *
 * @param ifNoneMatch the request's header: with the object's own tag the answer is 304
 */
export async function fromBucket(
  s3: S3Client,
  { bucket, key, ifNoneMatch }: BucketRequest,
): Promise<OriginAnswer> {
  try {
    const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const body = (await object.Body?.transformToByteArray()) ?? '';
    const headers = {
      'content-type': object.ContentType ?? 'binary/octet-stream',
      ...(object.CacheControl === undefined ? {} : { 'cache-control': object.CacheControl }),
      ...(object.ETag === undefined ? {} : { etag: object.ETag }),
      ...(object.LastModified === undefined
        ? {}
        : { 'last-modified': object.LastModified.toUTCString() }),
    };
    const isKnown = ifNoneMatch !== undefined && ifNoneMatch === object.ETag;
    return isKnown ? { status: 304, headers, body: '' } : { status: 200, headers, body };
  } catch (error) {
    if (error instanceof NoSuchKey) return DENIED;
    throw error;
  }
}

/** Which object is asked for. */
export interface BucketRequest {
  readonly bucket: string;
  readonly key: string;
  readonly ifNoneMatch: string | undefined;
}

/** An object that is JSON, with some of its values replaced or added. */
export function withValues(answer: OriginAnswer, values: object): OriginAnswer {
  if (answer.status !== 200) return answer;
  const { etag: _, 'last-modified': __, ...headers } = answer.headers;
  const text = Buffer.from(answer.body).toString();
  return { ...answer, headers, body: JSON.stringify({ ...JSON.parse(text), ...values }) };
}
