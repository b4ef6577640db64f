import { describe, expect, it } from '@jest/globals';
import { Synthesis } from './synthesis.ts';

/** Of each type that all regions of an account share: where its name is, and how long AWS lets it be. */
const SHARED: Readonly<Record<string, readonly [most: number, ...path: string[]]>> = {
  'AWS::CloudFront::CachePolicy': [128, 'CachePolicyConfig', 'Name'],
  'AWS::CloudFront::Function': [64, 'Name'],
  'AWS::CloudFront::KeyValueStore': [64, 'Name'],
  'AWS::CloudFront::OriginAccessControl': [64, 'OriginAccessControlConfig', 'Name'],
  'AWS::CloudFront::OriginRequestPolicy': [128, 'OriginRequestPolicyConfig', 'Name'],
  'AWS::CloudFront::ResponseHeadersPolicy': [128, 'ResponseHeadersPolicyConfig', 'Name'],
  'AWS::IAM::Group': [128, 'GroupName'],
  'AWS::IAM::InstanceProfile': [128, 'InstanceProfileName'],
  'AWS::IAM::ManagedPolicy': [128, 'ManagedPolicyName'],
  'AWS::IAM::Role': [64, 'RoleName'],
  'AWS::IAM::User': [64, 'UserName'],
  'AWS::S3::Bucket': [63, 'BucketName'],
};

/** Types of the same services that have no name in the account. A policy of IAM is its role's own. */
const NAMELESS = ['AWS::CloudFront::Distribution', 'AWS::IAM::Policy', 'AWS::S3::BucketPolicy'];

/** Path → name and the longest that it may be, of all that a stack names and regions share. */
function namesOf(synthesis: Synthesis): Record<string, [name: string, most: number]> {
  const named = Object.entries(SHARED).flatMap(([type, [most, ...keys]]) =>
    Object.entries(synthesis.byPath(type)).flatMap(([path, properties]) => {
      const value = keys.reduce((part, key) => part?.[key], properties);
      return value === undefined ? [] : [[path, [synthesis.name(value), most]] as const];
    }),
  );
  return Object.fromEntries(named.map(([path, [name, most]]) => [path, [name, most]]));
}

describe('what all regions of an account share', () => {
  it('has the region and the stack in its name, so that two regions deploy', () => {
    const names = namesOf(new Synthesis());
    expect(Object.keys(names).sort()).toEqual([
      'Dashboard/FrameHeaders',
      'Dashboard/ImageFrameHeaders',
      'Dashboard/PageFallback',
      'Dashboard/PageHeaders',
      'Dashboard/SiteAccess',
    ]);
    for (const [name] of Object.values(names)) {
      expect(name).toContain('<AWS::Region>');
      expect(name).toContain('Maillayer');
    }
  });

  it('has a name that is short enough, and one for each stack, however long the stack’s is', () => {
    const long = 'L'.repeat(100);
    const [one, two] = [`${long}1`, `${long}2`].map((stackName) =>
      namesOf(new Synthesis({ stackName })),
    );
    for (const [path, [name, most]] of Object.entries(one ?? {})) {
      expect(name).toContain('<AWS::Region>');
      expect(name.replace('<AWS::Region>', 'us-isof-south-1').length).toBeLessThanOrEqual(most);
      expect(name).not.toBe(two?.[path]?.[0]);
    }
  });

  it('is of a type that this test knows', () => {
    const { Resources } = new Synthesis().template.toJSON();
    const types = Object.values<{ Type: string }>(Resources).map(({ Type }) => Type);
    const unknown = types.filter(
      (type) =>
        /^AWS::(CloudFront|IAM|S3|Route53)::/.test(type) &&
        !(type in SHARED) &&
        !NAMELESS.includes(type),
    );
    expect(unknown).toEqual([]);
  });
});
