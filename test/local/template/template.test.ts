// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how Fn::Sub is written
import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { openTemplate } from '../../../local/template/template.ts';

const queueUrl = (name: string) => `http://127.0.0.1:9/000000000000/${name}`;
/** The id of the key `Secrets`, the same on every machine. */
const KEY = 'd8707d41-1d99-7657-b1ca-20b02711bdef';
const open = (Resources: object, more: object = {}) =>
  openTemplate({ Resources, ...more }, queueUrl);

describe('the template', () => {
  it('gives each resource the name, reference and ARN that the emulators know it by', () => {
    const template = open({
      Jobs: { Type: 'AWS::SQS::Queue' },
      Named: {
        Type: 'AWS::SQS::Queue',
        Properties: { QueueName: { 'Fn::Sub': 'q-${AWS::Region}' } },
      },
      Items: { Type: 'AWS::DynamoDB::Table' },
      Content: { Type: 'AWS::S3::Bucket' },
      News: { Type: 'AWS::SNS::Topic' },
      Secrets: { Type: 'AWS::KMS::Key' },
      Fn: {
        Type: 'AWS::Lambda::Function',
        Metadata: { 'aws:cdk:path': 'Maillayer/Api/accept-email/Function/Resource' },
      },
    });
    const all = template.resources(
      'AWS::SQS::Queue',
      'AWS::DynamoDB::Table',
      'AWS::S3::Bucket',
      'AWS::SNS::Topic',
      'AWS::KMS::Key',
      'AWS::Lambda::Function',
    );
    expect(
      all.map(({ name, ref, attributes }) => [name, ref, Object.values(attributes)[0]]),
    ).toEqual([
      ['Jobs', queueUrl('Jobs'), 'arn:aws:sqs:us-east-1:000000000000:Jobs'],
      ['q-us-east-1', queueUrl('q-us-east-1'), 'arn:aws:sqs:us-east-1:000000000000:q-us-east-1'],
      ['Items', 'Items', 'arn:aws:dynamodb:us-east-1:000000000000:table/Items'],
      ['maillayer-content', 'maillayer-content', 'arn:aws:s3:::maillayer-content'],
      [
        'News',
        'arn:aws:sns:us-east-1:000000000000:News',
        'arn:aws:sns:us-east-1:000000000000:News',
      ],
      [KEY, KEY, `arn:aws:kms:us-east-1:000000000000:key/${KEY}`],
      [
        'accept-email',
        'accept-email',
        'arn:aws:lambda:us-east-1:000000000000:function:accept-email',
      ],
    ]);
  });

  it('resolves the properties that are asked for', () => {
    const template = open(
      {
        Jobs: {
          Type: 'AWS::SQS::Queue',
          Properties: {
            RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] } },
            Tags: { 'Fn::Unknown': 'never looked at' },
            DelaySeconds: { Ref: 'Delay' },
          },
        },
        Dead: { Type: 'AWS::SQS::Queue' },
      },
      { Parameters: { Delay: { Type: 'Number', Default: 7 } } },
    );
    const shape = {
      RedrivePolicy: v.object({ deadLetterTargetArn: v.string() }),
      DelaySeconds: v.number(),
    };
    expect(template.resources('AWS::SQS::Queue')[0]?.properties(shape, ['Tags'])).toEqual({
      RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:Dead' },
      DelaySeconds: 7,
    });
  });

  it('leaves out resources whose condition does not hold', () => {
    const template = open(
      {
        Here: { Type: 'AWS::SQS::Queue', Condition: 'InRegion' },
        Elsewhere: { Type: 'AWS::SQS::Queue', Condition: 'InChina' },
      },
      {
        Conditions: {
          InRegion: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
          InChina: { 'Fn::Equals': [{ Ref: 'AWS::Partition' }, 'aws-cn'] },
        },
      },
    );
    expect(template.resources('AWS::SQS::Queue').map(({ logicalId }) => logicalId)).toEqual([
      'Here',
    ]);
  });

  it('refuses a resource of a type that nothing here runs, with its name', () => {
    expect(() => open({ Db: { Type: 'AWS::RDS::DBInstance' } })).toThrow(
      'The template has a resource of type AWS::RDS::DBInstance (Db), which the local system does not know',
    );
  });

  it('accepts the types that need no running', () => {
    expect(() => open({ Role: { Type: 'AWS::IAM::Role' } })).not.toThrow();
  });

  it('refuses a property that nothing here acts on, with its name', () => {
    const template = open({ Jobs: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } } });
    expect(() => template.resources('AWS::SQS::Queue')[0]?.properties({}, [])).toThrow(
      'AWS::SQS::Queue Jobs has the property FifoQueue, which the local system does not know.',
    );
  });

  it('refuses a property of another shape, with its place', () => {
    const template = open({ Jobs: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 'x' } } });
    const read = () =>
      template.resources('AWS::SQS::Queue')[0]?.properties({ DelaySeconds: v.number() }, []);
    expect(read).toThrow('AWS::SQS::Queue Jobs: DelaySeconds: Invalid type');
  });

  it('refuses a reference to what is not there', () => {
    const template = open({
      Jobs: { Type: 'AWS::SQS::Queue', Properties: { Tags: { Ref: 'Nobody' } } },
    });
    const read = () => template.resources('AWS::SQS::Queue')[0]?.properties({ Tags: v.any() }, []);
    expect(read).toThrow('The template refers to Nobody, which it does not contain.');
  });
});
