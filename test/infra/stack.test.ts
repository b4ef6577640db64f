import { describe, expect, it } from '@jest/globals';
import { TABLE } from '../../lambdas/core/contract/table.ts';
import { Synthesis } from './synthesis.ts';

const synthesis = new Synthesis();
const template = synthesis.template.toJSON();

const RETAINED = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

describe('the stack', () => {
  it('says where the dashboard and the API are and what the table is called, and no more', () => {
    expect(
      Object.entries(template.Outputs).map(([name, output]) => [
        name,
        synthesis.name((output as { Value: unknown }).Value),
      ]),
    ).toEqual([
      ['DashboardUrl', 'https://Dashboard/Distribution'],
      ['ApiUrl', 'Api/Http/Api'],
      ['TableName', 'Emails/Table'],
    ]);
    expect(template.Outputs.ApiUrl.Value['Fn::GetAtt'][1]).toBe('ApiEndpoint');
  });

  it('bears the name that it is given', () => {
    const { template: named } = new Synthesis({ stackName: 'Other' });

    named.hasResourceProperties('AWS::ApiGatewayV2::Api', { Name: 'Other' });
  });

  it('consists of these types of resource', () => {
    const types = Object.values(template.Resources).map((each) => (each as { Type: string }).Type);

    expect([...new Set(types)].sort()).toEqual([
      'AWS::ApiGatewayV2::Api',
      'AWS::ApiGatewayV2::Integration',
      'AWS::ApiGatewayV2::Route',
      'AWS::ApiGatewayV2::Stage',
      'AWS::CloudFront::Distribution',
      'AWS::CloudFront::Function',
      'AWS::CloudFront::OriginAccessControl',
      'AWS::CloudFront::ResponseHeadersPolicy',
      'AWS::Cognito::UserPool',
      'AWS::Cognito::UserPoolClient',
      'AWS::Cognito::UserPoolGroup',
      'AWS::DynamoDB::Table',
      'AWS::Events::Rule',
      'AWS::IAM::Policy',
      'AWS::IAM::Role',
      'AWS::KMS::Key',
      'AWS::Lambda::EventInvokeConfig',
      'AWS::Lambda::EventSourceMapping',
      'AWS::Lambda::Function',
      'AWS::Lambda::Permission',
      'AWS::Logs::LogGroup',
      'AWS::S3::Bucket',
      'AWS::S3::BucketPolicy',
      'AWS::SES::ConfigurationSet',
      'AWS::SES::ConfigurationSetEventDestination',
      'AWS::SNS::Subscription',
      'AWS::SNS::Topic',
      'AWS::SNS::TopicPolicy',
      'AWS::SQS::Queue',
      'AWS::SQS::QueuePolicy',
      'Custom::DashboardFiles',
    ]);
  });
});

describe('the stack without a dashboard', () => {
  const alone = new Synthesis({ dashboard: false });
  const { Outputs, Resources } = alone.template.toJSON();
  const types = Object.values<{ Type: string }>(Resources).map(({ Type }) => Type);

  it('is the API alone: nothing of CloudFront, nothing that is published', () => {
    expect(types.filter((type) => /CloudFront|Custom/.test(type))).toEqual([]);
    expect(Object.keys(Outputs)).toEqual(['ApiUrl', 'TableName']);
    expect(Object.keys(alone.byPath('AWS::S3::Bucket'))).toEqual(['Content/Bucket']);
    const { 'publish-dashboard': _, ...others } = synthesis.functions();
    expect(Object.keys(alone.functions())).toEqual(Object.keys(others));
    expect(Object.keys(alone.byPath('AWS::ApiGatewayV2::Route'))).toEqual(
      Object.keys(synthesis.byPath('AWS::ApiGatewayV2::Route')),
    );
  });

  it('still keeps webhooks away from its own host', () => {
    const hosts = (each: Synthesis) =>
      each.name(each.functions()['deliver-webhook'].Environment.Variables.OWN_HOSTS);

    expect(hosts(synthesis)).toBe(`${hosts(alone)},Dashboard/Distribution`);
  });
});

describe('a first deployment that is rolled back', () => {
  const left = (policy: string) =>
    Object.values<{ Type: string; DeletionPolicy?: string }>(template.Resources)
      .filter(({ DeletionPolicy }) => DeletionPolicy === policy)
      .map(({ Type }) => Type)
      .sort();

  it('leaves only what is protected against deletion, and costs nothing when empty', () => {
    expect(left('Retain')).toEqual(['AWS::Cognito::UserPool', 'AWS::DynamoDB::Table']);
  });

  it('takes key and bucket away, which a stack that has lived leaves', () => {
    expect(left('RetainExceptOnCreate')).toEqual(['AWS::KMS::Key', 'AWS::S3::Bucket']);
  });
});

describe('the table', () => {
  const [table] = Object.values(synthesis.template.findResources('AWS::DynamoDB::Table'));

  it('has the keys, the indexes and the expiry of docs/access-patterns.md', () => {
    expect(table?.Properties).toMatchObject({
      KeySchema: [
        { AttributeName: TABLE.partitionKey, KeyType: 'HASH' },
        { AttributeName: TABLE.sortKey, KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: TABLE.byTime.indexName,
          KeySchema: [
            { AttributeName: TABLE.byTime.partitionKey, KeyType: 'HASH' },
            { AttributeName: TABLE.byTime.sortKey, KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
        {
          IndexName: TABLE.due.indexName,
          KeySchema: [
            { AttributeName: TABLE.due.partitionKey, KeyType: 'HASH' },
            { AttributeName: TABLE.due.sortKey, KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      TimeToLiveSpecification: { AttributeName: TABLE.ttl, Enabled: true },
    });
  });

  it('costs nothing when idle, can be restored and outlives the stack', () => {
    expect(table).toMatchObject({
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        DeletionProtectionEnabled: true,
      },
      ...RETAINED,
    });
  });
});

describe('the content bucket', () => {
  const buckets = Object.entries(synthesis.template.findResources('AWS::S3::Bucket'));
  const [, bucket] = buckets.find(([logicalId]) => logicalId.startsWith('Content')) ?? [];

  it('is encrypted, private and outlives the stack', () => {
    expect(bucket).toMatchObject({
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
          ],
        },
      },
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('refuses whatever does not come over TLS', () => {
    synthesis.template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Deny',
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    });
  });

  it.each([
    [30, 32],
    [7, 9],
  ])('forgets content of emails kept for %s days after %s', (retentionDays, expiry) => {
    const kept = new Synthesis({ retentionDays });

    kept.template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: expiry, Status: 'Enabled' }] },
    });
    expect(kept.functions()['accept-email'].Environment.Variables.RETENTION_DAYS).toBe(
      String(retentionDays),
    );
  });
});
