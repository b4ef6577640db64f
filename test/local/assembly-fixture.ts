import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * A function with every kind of trigger: over HTTP it stores, sends, publishes and reads; from
 * queues and the schedule it stores what came. "GET /call/404/name" is 404 until that item is stored.
 */
const SOURCE = `
import { DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetAccountCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const { TABLE, BUCKET, QUEUE_URL, TOPIC, KEY_ID } = process.env;
const kms = new KMSClient();
const table = new DynamoDBClient();
const s3 = new S3Client();
const count = (pk) => table.send(new UpdateItemCommand({
  TableName: TABLE, Key: { pk: { S: pk } }, UpdateExpression: 'ADD n :one',
  ExpressionAttributeValues: { ':one': { N: '1' } },
}));

export const handler = async (event) => {
  if (event.source === 'aws.events') return count('ticks');
  if (event.Records) return void await Promise.all(event.Records.map(({ body }) => count('seen#' + body)));
  const [, status, item] = /^\\/call\\/(\\d+)\\/(\\w+)$/.exec(event.rawPath ?? '') ?? [];
  if (item) {
    const { Item } = await table.send(new GetItemCommand({ TableName: TABLE, Key: { pk: { S: item } } }));
    return { statusCode: Item === undefined ? Number(status) : 200, body: item };
  }
  const { op, text } = JSON.parse(event.body ?? '{}');
  if (op === 'put') await table.send(new PutItemCommand({ TableName: TABLE, Item: { pk: { S: text } } }));
  if (op === 'send') await new SQSClient().send(new SendMessageCommand({ QueueUrl: QUEUE_URL, MessageBody: text }));
  if (op === 'publish') await new SNSClient().send(new PublishCommand({ TopicArn: TOPIC, Message: text }));
  if (op === 'store') await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'k', Body: text }));
  if (op === 'load') return { body: await (await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'k' }))).Body.transformToString() };
  if (op === 'seal') return { sealed: Buffer.from((await kms.send(new EncryptCommand({ KeyId: KEY_ID, Plaintext: Buffer.from(text) }))).CiphertextBlob).toString('base64') };
  if (op === 'open') return { opened: Buffer.from((await kms.send(new DecryptCommand({ KeyId: KEY_ID, CiphertextBlob: Buffer.from(text, 'base64') }))).Plaintext).toString() };
  if (op === 'account') return (await new SESv2Client().send(new GetAccountCommand({}))).SendQuota;
  if (op === 'throw') throw new Error('on purpose');
  if (op === 'get') return (await table.send(new GetItemCommand({ TableName: TABLE, Key: { pk: { S: text } } }))).Item ?? null;
  return { route: event.routeKey };
};
`;

const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

const lambda = (Properties: object) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { S3Bucket: 'assets', S3Key: 'code.zip' },
    Handler: 'index.handler',
    Timeout: 10,
    ...Properties,
  },
});

const route = (RouteKey: string) => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: { RouteKey, Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] } },
});

const mapping = (queue: string) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { EventSourceArn: arn(queue), FunctionName: { Ref: 'Worker' } },
});

const Environment = {
  Variables: {
    TABLE: { Ref: 'Items' },
    BUCKET: { Ref: 'Content' },
    QUEUE_URL: { Ref: 'Jobs' },
    TOPIC: { Ref: 'News' },
    KEY_ID: { Ref: 'Secrets' },
  },
};

const key = (AttributeName: string) => [{ AttributeName, KeyType: 'HASH' }];

/** The fixture's resources; a test may change or add some. */
export const RESOURCES = {
  Items: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: key('pk'),
    },
  },
  Content: { Type: 'AWS::S3::Bucket' },
  Jobs: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      VisibilityTimeout: 20,
      RedrivePolicy: { deadLetterTargetArn: arn('Dead'), maxReceiveCount: 3 },
    },
  },
  Dead: { Type: 'AWS::SQS::Queue' },
  Slow: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 900 } },
  Secrets: {
    Type: 'AWS::KMS::Key',
    Properties: { EnableKeyRotation: true, KeyPolicy: {}, PendingWindowInDays: 30 },
  },
  News: { Type: 'AWS::SNS::Topic' },
  Subscription: {
    Type: 'AWS::SNS::Subscription',
    Properties: {
      TopicArn: { Ref: 'News' },
      Protocol: 'sqs',
      Endpoint: arn('Jobs'),
      RawMessageDelivery: true,
    },
  },
  Web: lambda({ Environment }),
  Worker: lambda({ Environment }),
  Feed: mapping('Jobs'),
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: arn('Web'),
      PayloadFormatVersion: '2.0',
    },
  },
  Call: route('POST /call'),
  Otherwise: route('$default'),
  Clock: {
    Type: 'AWS::Events::Rule',
    Properties: { ScheduleExpression: 'rate(1 hour)', Targets: [{ Arn: arn('Worker'), Id: 'T' }] },
  },
};

/** Writes a cloud assembly like CDK's into `directory`, its function bundled with the real SDK. */
export async function writeAssembly(directory: string, resources: object = RESOURCES) {
  const json = (name: string, value: unknown) =>
    writeFile(join(directory, name), JSON.stringify(value));
  await mkdir(join(directory, 'asset.code'), { recursive: true });
  await build({
    stdin: { contents: SOURCE, resolveDir: process.cwd() },
    outfile: join(directory, 'asset.code', 'index.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  await json('Fixture.template.json', { Resources: resources });
  await json('Fixture.assets.json', {
    files: {
      code: { source: { path: 'asset.code' }, destinations: { here: { objectKey: 'code.zip' } } },
    },
  });
  await json('manifest.json', {
    artifacts: {
      Fixture: {
        type: 'aws:cloudformation:stack',
        properties: { templateFile: 'Fixture.template.json' },
      },
    },
  });
}
