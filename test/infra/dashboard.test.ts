import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { Synthesis } from './synthesis.ts';

const synthesis = new Synthesis();
const [distribution] = Object.values(synthesis.byPath('AWS::CloudFront::Distribution'));
const config = distribution.DistributionConfig;
const behaviours: { PathPattern: string; [key: string]: unknown }[] = config.CacheBehaviors;
const behaviour = (path: string) => behaviours.find(({ PathPattern }) => PathPattern === path);
const policies = synthesis.byPath('AWS::CloudFront::ResponseHeadersPolicy');

/** Managed policies, by the ids that AWS documents. */
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const ALL_VIEWER_EXCEPT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

function headersOf(reference: unknown) {
  return policies[synthesis.name(reference)].ResponseHeadersPolicyConfig;
}

function contentPolicyOf(reference: unknown): string[] {
  const { ContentSecurityPolicy } = headersOf(reference).SecurityHeadersConfig;
  return synthesis.name(ContentSecurityPolicy.ContentSecurityPolicy).split('; ');
}

describe('the distribution', () => {
  it('leads to the API as it is: all methods, all headers but the host, nothing kept', () => {
    expect(behaviour('/api/*')).toMatchObject({
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
      CachePolicyId: CACHING_DISABLED,
      OriginRequestPolicyId: ALL_VIEWER_EXCEPT_HOST,
      ViewerProtocolPolicy: 'https-only',
    });
    const target = behaviour('/api/*')?.TargetOriginId;
    const origin = config.Origins.find(({ Id }: { Id: string }) => Id === target);
    expect(synthesis.name(origin.DomainName)).toBe(
      'Api/Http/Api.execute-api.<AWS::Region>.<AWS::URLSuffix>',
    );
    expect(origin.CustomOriginConfig).toMatchObject({
      OriginProtocolPolicy: 'https-only',
      OriginSSLProtocols: ['TLSv1.2'],
    });
  });

  it('has no error page, so that an API’s 403 and 404 reach the caller unchanged', () => {
    const changing = config.CustomErrorResponses.filter(
      (each: object) => 'ResponseCode' in each || 'ResponsePagePath' in each,
    );
    expect(changing).toEqual([]);
    expect(behaviour('/api/*')).not.toHaveProperty('FunctionAssociations');
    expect(behaviour('/api/*')).not.toHaveProperty('ResponseHeadersPolicyId');
  });

  it('keeps no error, which by its path alone would be the answer for every account', () => {
    expect(config.CustomErrorResponses).toEqual(
      [404, 405, 414, 500, 501, 502, 503, 504].map((ErrorCode) => ({
        ErrorCode,
        ErrorCachingMinTTL: 0,
      })),
    );
  });

  it('reads its files with its own identity, from a bucket that nobody else reads', () => {
    const site = Object.values(synthesis.byPath('AWS::S3::BucketPolicy'))
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Effect }) => Effect === 'Allow');

    expect(site).toEqual([
      expect.objectContaining({
        Action: 's3:GetObject',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Condition: { StringEquals: { 'AWS:SourceArn': expect.anything() } },
      }),
    ]);
    expect(config.DefaultCacheBehavior).toMatchObject({
      CachePolicyId: CACHING_OPTIMIZED,
      ViewerProtocolPolicy: 'redirect-to-https',
    });
  });
});

describe('the page fallback', () => {
  const [fallback] = Object.values(synthesis.byPath('AWS::CloudFront::Function'));
  const handler = runInNewContext(`${fallback.FunctionCode}; handler`);
  const served = (uri: string) => handler({ request: { uri, method: 'GET' } }).uri;

  it.each([
    '/',
    '/emails',
    '/emails/665f1a2b3c4d5e6f7a8b9c0d',
    '/domains/',
    '/domains/mail.example.com',
    '/suppressions/ada@example.com',
  ])('answers %s with the page', (uri) => expect(served(uri)).toBe('/index.html'));

  it.each(['/index.html', '/config.json', '/assets/index-1.js', '/favicon.svg', '/assets/none'])(
    'leaves the file %s alone',
    (uri) => expect(served(uri)).toBe(uri),
  );

  it('is on the pages’ own behaviour alone', () => {
    expect(config.DefaultCacheBehavior.FunctionAssociations).toEqual([
      { EventType: 'viewer-request', FunctionARN: expect.anything() },
    ]);
    expect(behaviours.filter(({ FunctionAssociations }) => FunctionAssociations)).toEqual([]);
  });
});

describe('the pages’ headers', () => {
  const page = config.DefaultCacheBehavior.ResponseHeadersPolicyId;

  it('let no inline and no foreign script run', () => {
    expect(contentPolicyOf(page)).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self' https://cognito-idp.<AWS::Region>.<AWS::URLSuffix>",
      "frame-src 'self'",
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
  });

  it('keep the page out of frames, sniffing and plain HTTP', () => {
    expect(headersOf(page).SecurityHeadersConfig).toMatchObject({
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY' },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000 },
    });
  });

  it.each([
    ['/frame/mail.html', 'data:'],
    ['/frame/mail-images.html', 'data: https: http:'],
  ])('let %s run its own script and load images from %s, in a sandbox', (path, images) => {
    const policy = contentPolicyOf(behaviour(path)?.ResponseHeadersPolicyId);

    expect(policy).toEqual([
      'sandbox allow-scripts',
      "default-src 'none'",
      expect.stringMatching(/^script-src 'sha256-[\w+/]{43}='$/),
      "style-src 'unsafe-inline'",
      `img-src ${images}`,
      'font-src data:',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'self'",
    ]);
  });
});

describe('the dashboard’s files', () => {
  const [files] = Object.values(synthesis.byPath('Custom::DashboardFiles'));

  it('are put in place again whenever the build changes', () => {
    expect(files.Version).toMatch(/^[0-9a-f]{16}$/);
    expect(synthesis.functionNameOf(files.ServiceToken)).toBe('publish-dashboard');
  });

  it('tell the page whom to sign in with, by SRP', () => {
    expect(JSON.parse(synthesis.name(files.Config))).toEqual({
      region: '<AWS::Region>',
      userPoolId: 'Users/Pool',
      userPoolClientId: 'Users/Pool/Dashboard',
      signInFlow: 'USER_SRP_AUTH',
      selfSignUp: false,
    });
  });

  it('say whether unknownRecipients may sign up', () => {
    const open = new Synthesis({ selfSignUp: true });
    const [properties] = Object.values(open.byPath('Custom::DashboardFiles'));

    expect(JSON.parse(open.name(properties.Config))).toMatchObject({ selfSignUp: true });
  });
});
