import { globSync, readFileSync } from 'node:fs';
import { DkimSigningAttributesOrigin } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { openDomainIdentities } from '../../lambdas/core/aws/identities.ts';
import { domainView } from '../../lambdas/core/domain/view.ts';
import { openTokenVerifier } from '../../lambdas/core/net/token-verifier.ts';
import { startRecordingProxy } from '../contracts/recording-proxy.ts';
import { useEndpoint } from '../contracts/table-fixture.ts';
import { aDomain } from '../core/email/fakes.ts';
import { accessClaims, signingKey, tokenOf } from '../core/net/token-pool.ts';
import { Synthesis } from './synthesis.ts';

const COMMON = 'dkim.amazonses.com';

/**
 * The regions of SES, and the zone in which each has the keys of DKIM tokens. The regions are those of
 * `DkimSigningAttributesOrigin` in the SDK, the zones those of "DKIM domains" in
 * docs.aws.amazon.com/general/latest/gr/ses.html.
 */
const SES_REGIONS: readonly (readonly [region: string, zone: string])[] = [
  ['af-south-1', 'dkim.af-south-1.amazonses.com'],
  ['ap-northeast-1', COMMON],
  ['ap-northeast-2', COMMON],
  ['ap-northeast-3', 'dkim.ap-northeast-3.amazonses.com'],
  ['ap-south-1', COMMON],
  ['ap-south-2', 'dkim.ap-south-2.amazonses.com'],
  ['ap-southeast-1', COMMON],
  ['ap-southeast-2', COMMON],
  ['ap-southeast-3', 'dkim.ap-southeast-3.amazonses.com'],
  ['ap-southeast-5', 'dkim.ap-southeast-5.amazonses.com'],
  ['ca-central-1', COMMON],
  ['ca-west-1', 'dkim.ca-west-1.amazonses.com'],
  ['eu-central-1', COMMON],
  ['eu-central-2', 'dkim.eu-central-2.amazonses.com'],
  ['eu-north-1', COMMON],
  ['eu-south-1', 'dkim.eu-south-1.amazonses.com'],
  ['eu-west-1', COMMON],
  ['eu-west-2', COMMON],
  ['eu-west-3', COMMON],
  ['il-central-1', 'dkim.il-central-1.amazonses.com'],
  ['me-central-1', 'dkim.me-central-1.amazonses.com'],
  ['me-south-1', COMMON],
  ['sa-east-1', COMMON],
  ['us-east-1', COMMON],
  ['us-east-2', COMMON],
  ['us-gov-east-1', 'dkim.us-gov-east-1.amazonses.com'],
  ['us-gov-west-1', COMMON],
  ['us-west-1', COMMON],
  ['us-west-2', COMMON],
];

const NAME = 'shop.example';
const TOKENS = ['one', 'two', 'three'];
const key = signingKey('first');
const synthesis = new Synthesis();

let ses: Awaited<ReturnType<typeof startRecordingProxy>>;
beforeAll(async () => {
  ses = await startRecordingProxy();
  useEndpoint('SESV2', ses.url);
});
afterAll(() => ses.stop());

/** What the domain's owner is told where SES is in `region` and answers with `zone`. */
async function recordsIn(region: string, zone: string) {
  const DkimAttributes = { Tokens: TOKENS, SigningHostedZone: zone };
  ses.answer(() => ({ status: 200, body: JSON.stringify({ DkimAttributes }) }));
  process.env.AWS_REGION = region;
  const identities = openDomainIdentities();
  const { dkimTokens = [], dkimZone } = (await identities.find(NAME)) ?? {};
  return domainView(aDomain({ name: NAME, dkimTokens, dkimZone }), await identities.region())
    .records;
}

/** A template's value as it is in a region. */
function inRegion(region: string, value: unknown): string {
  const { partition = '', domainSuffix = '' } = RegionInfo.get(region);
  return synthesis
    .name(value)
    .replaceAll('<AWS::Region>', region)
    .replaceAll('<AWS::Partition>', partition)
    .replaceAll('<AWS::URLSuffix>', domainSuffix);
}

const [{ DistributionConfig: distribution }] = Object.values(
  synthesis.byPath('AWS::CloudFront::Distribution'),
);

/** Where the dashboard's pages may connect to. */
function connectedFrom(region: string): string {
  const path = synthesis.name(distribution.DefaultCacheBehavior.ResponseHeadersPolicyId);
  const headers = synthesis.byPath('AWS::CloudFront::ResponseHeadersPolicy')[path];
  const { ContentSecurityPolicy } = headers.ResponseHeadersPolicyConfig.SecurityHeadersConfig;
  const policy = inRegion(region, ContentSecurityPolicy.ContentSecurityPolicy);
  return /connect-src ([^;]+)/.exec(policy)?.[1] ?? '';
}

const originsIn = (region: string): string[] =>
  distribution.Origins.map(({ DomainName }: { DomainName: unknown }) =>
    inRegion(region, DomainName),
  );

/** Where a verifier of a pool in `region` fetches the keys for a token of that pool. */
async function keysFetchedFor(region: string): Promise<{ url: string; user: unknown }> {
  const jwk = { ...key.pair.publicKey.export({ format: 'jwk' }), kid: key.kid, alg: 'RS256' };
  const fetched = jest.spyOn(globalThis, 'fetch').mockImplementation(async () => {
    return new Response(JSON.stringify({ keys: [{ ...jwk, use: 'sig' }] }));
  });
  const id = `${region}_Abc123xyZ`;
  const claims = accessClaims({ iss: `https://cognito-idp.${region}.amazonaws.com/${id}` });
  const pool = { USER_POOL_ID: id, USER_POOL_CLIENT_ID: claims.client_id };
  const token = tokenOf({ alg: 'RS256', kid: key.kid }, claims, key.pair.privateKey);
  try {
    const user = await openTokenVerifier(pool).verify(token);
    return { url: String(fetched.mock.calls[0]?.[0]), user };
  } finally {
    fetched.mockRestore();
  }
}

describe('the table of regions', () => {
  it('has every region that the SDK knows of SES', () => {
    const known = Object.values(DkimSigningAttributesOrigin)
      .filter((origin) => /^AWS_SES_/.test(origin))
      .map((origin) => origin.slice('AWS_SES_'.length).toLowerCase().replaceAll('_', '-'));
    expect(SES_REGIONS.map(([region]) => region)).toEqual(known.sort());
  });
});

describe.each(SES_REGIONS)('in %s', (region, zone) => {
  it('the owner is told the records that SES looks for', async () => {
    const records = await recordsIn(region, zone);
    expect(records.map(({ type, value }) => `${type} ${value}`)).toEqual([
      `CNAME one.${zone}`,
      `CNAME two.${zone}`,
      `CNAME three.${zone}`,
      `MX feedback-smtp.${region}.amazonses.com`,
      'TXT v=spf1 include:amazonses.com ~all',
      'TXT v=DMARC1; p=none;',
    ]);
  });

  it('tokens are taken of the region’s Cognito, and the dashboard may call it', async () => {
    const host = `https://cognito-idp.${region}.amazonaws.com`;
    expect(connectedFrom(region)).toBe(`'self' ${host}`);
    expect(await keysFetchedFor(region)).toEqual({
      url: `${host}/${region}_Abc123xyZ/.well-known/jwks.json`,
      user: { id: accessClaims().sub, operator: false },
    });
  });
});

describe.each([
  ['aws', 'eu-central-2', 'amazonaws.com'],
  ['aws-us-gov', 'us-gov-east-1', 'amazonaws.com'],
  ['aws-cn', 'cn-north-1', 'amazonaws.com.cn'],
])('in the partition %s', (partition, region, suffix) => {
  it('all hosts and ARNs are the partition’s', () => {
    expect(connectedFrom(region)).toBe(`'self' https://cognito-idp.${region}.${suffix}`);
    expect(originsIn(region)).toContain(`Api/Http/Api.execute-api.${region}.${suffix}`);
    const [set] = Object.values(synthesis.byPath('AWS::SNS::TopicPolicy'))
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .flatMap(({ Condition }) => Condition?.StringEquals?.['aws:SourceArn'] ?? []);
    expect(inRegion(region, set)).toMatch(new RegExp(`^arn:${partition}:ses:${region}:`));
  });
});

/** A region's name, but for the emulators' and the tests' own. */
const REGION_NAME = /\b(?:af|ap|ca|cn|eu|il|me|mx|sa|us)-(?:gov-)?[a-z]+-\d\b/g;

describe('no region or partition is taken for granted', () => {
  it('in the template: services are named by their principals only', () => {
    const text = JSON.stringify(synthesis.template.toJSON());
    expect(text.match(/arn:aws|amazonaws\.com\.cn/g)).toBeNull();
    expect(text.match(REGION_NAME)).toBeNull();
    const named = [...text.matchAll(/"([^"]*amazon[^"]*)"/g)].map(([, words = '']) => words);
    expect(named.length).toBeGreaterThan(0);
    for (const words of named) expect(words).toMatch(/^[a-z]+\.amazonaws\.com$/);
  });

  it('in what is deployed, and in administration', () => {
    const files = globSync(['{bin,lambdas,lib}/**/*.ts', 'dashboard/src/**/*.{ts,tsx}']);
    expect(files.length).toBeGreaterThan(200);
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      expect([file, text.match(/arn:aws\b/), text.match(REGION_NAME)]).toEqual([file, null, null]);
    }
  });

  it('nor is a DKIM zone, but in one place', () => {
    const files = globSync(['{bin,lambdas,lib,local}/**/*.ts', 'dashboard/src/**/*.{ts,tsx}']);
    const naming = files.filter((file) => readFileSync(file, 'utf8').includes(COMMON));
    expect(naming).toEqual(['lambdas/core/domain/dns-records.ts']);
  });
});
