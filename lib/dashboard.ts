import { join } from 'node:path';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  S3OriginAccessControl,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Env as PublishDashboardEnv } from '../lambdas/publish-dashboard/env.ts';
import type { Build } from './build-once.ts';
import { buildDashboard } from './dashboard-build.ts';
import { globalName } from './global-name.ts';
import { frameHeaders, pageHeaders } from './page-headers.ts';
import { ServiceFunction } from './service-function.ts';
import type { Users } from './users.ts';

export interface DashboardProps {
  readonly users: Users;
  /** Host name of the API, which is also reached below the dashboard's `/api/`. */
  readonly apiHost: string;
}

/**
 * The page answers every path that names no file: files lie in assets/ and frame/, and at the root with a
 * dot in their name; pages of domains have dots too. On the page's own behaviour, and no error page: those
 * are of the whole distribution and would turn the API's 403 and 404 into a 200.
 */
const PAGE_FALLBACK = `function handler(event) {
  var request = event.request;
  if (!/^\\/(assets\\/|frame\\/|[^/]*\\.[^/]*$)/.test(request.uri)) request.uri = '/index.html';
  return request;
}`;

/**
 * CloudFront keeps these errors for ten seconds otherwise, whatever the behaviour's cache policy says, and by
 * the path alone: one account's 404 or one throttled call would be everybody's answer.
 */
const KEPT_ERRORS = [404, 405, 414, 500, 501, 502, 503, 504];

/** The dashboard: static files behind a CDN that also leads to the API, so that both have one origin. */
export class Dashboard extends Construct {
  /** `https://<host>`, without a slash at its end. */
  readonly url: string;
  readonly host: string;

  constructor(scope: Construct, id: string, { users, apiHost }: DashboardProps) {
    super(scope, id);
    const build = buildDashboard();
    const bucket = this.siteBucket();
    const distribution = this.distribution(bucket, build, apiHost);
    this.host = distribution.distributionDomainName;
    this.url = `https://${this.host}`;
    this.publish(bucket, build, users);
  }

  /** It holds nothing but a copy of the build, and goes with its stack. */
  private siteBucket(): Bucket {
    return new Bucket(this, 'Site', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  private distribution(bucket: Bucket, build: Build, apiHost: string): Distribution {
    const originAccessControl = new S3OriginAccessControl(this, 'SiteAccess', {
      originAccessControlName: globalName(this, 'Site', 64),
    });
    const files = {
      origin: S3BucketOrigin.withOriginAccessControl(bucket as IBucket, { originAccessControl }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
    };
    const page = new EdgeFunction(this, 'PageFallback', {
      code: FunctionCode.fromInline(PAGE_FALLBACK),
      comment: 'Answers every path that names no file with the page',
    });
    const frames = Object.entries(frameHeaders(this, join(build.directory, 'site'))).map(
      ([path, responseHeadersPolicy]) => [path, { ...files, responseHeadersPolicy }],
    );
    return new Distribution(this, 'Distribution', {
      comment: `The dashboard of ${Stack.of(this).stackName}`,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      errorResponses: KEPT_ERRORS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      defaultBehavior: {
        ...files,
        responseHeadersPolicy: pageHeaders(this),
        functionAssociations: [{ function: page, eventType: FunctionEventType.VIEWER_REQUEST }],
      },
      additionalBehaviors: { '/api/*': apiBehaviour(apiHost), ...Object.fromEntries(frames) },
    });
  }

  private publish(bucket: Bucket, { directory, version }: Build, users: Users): void {
    const fn = new ServiceFunction<PublishDashboardEnv>(this, 'publish-dashboard', {
      timeout: Duration.seconds(120),
      environment: {},
      beside: { site: join(directory, 'site') },
    });
    fn.setVariable('SITE_BUCKET', bucket.bucketName);
    fn.allow(['s3:ListBucket'], [bucket.bucketArn]);
    fn.allow(['s3:DeleteObject', 's3:PutObject'], [bucket.arnForObjects('*')]);
    const published = fn.deploys('Custom::DashboardFiles', {
      Version: version,
      // As text: CloudFormation would turn what is true into a string.
      Config: Stack.of(this).toJsonString({
        region: Stack.of(this).region,
        userPoolId: users.poolId,
        userPoolClientId: users.clientId,
        signInFlow: 'USER_SRP_AUTH',
        selfSignUp: users.mayStrangersSignUp,
      }),
    });
    published.node.addDependency(bucket);
  }
}

/** A key that is sent in the clear must not be answered as if that were well: no redirect. */
function apiBehaviour(host: string): BehaviorOptions {
  return {
    origin: new HttpOrigin(host, {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
    }),
    allowedMethods: AllowedMethods.ALLOW_ALL,
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
  };
}
