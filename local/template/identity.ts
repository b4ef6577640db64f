import { createHash } from 'node:crypto';
import { ACCOUNT, arn, PSEUDO_PARAMETERS, REGION } from './aws.ts';

/** What `Ref` and `Fn::GetAtt` give for one resource. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

type Identify = (name: string, queueUrl: (name: string) => string) => Identity;

const IDENTIFY: Readonly<Record<string, Identify>> = {
  'AWS::ApiGatewayV2::Api': (name) => ({
    ref: name,
    attributes: { ApiId: name, ApiEndpoint: `https://${apiHost(name)}` },
  }),
  'AWS::CloudFront::Distribution': (name) => ({
    ref: name,
    attributes: { Id: name, DomainName: `${name.toLowerCase()}.cloudfront.net` },
  }),
  'AWS::CloudFront::Function': (name) => {
    const FunctionARN = globalArn('cloudfront', `function/${name}`);
    return { ref: FunctionARN, attributes: { FunctionARN } };
  },
  'AWS::CloudFront::OriginAccessControl': (name) => ({ ref: name, attributes: { Id: name } }),
  'AWS::CloudFront::ResponseHeadersPolicy': (name) => ({ ref: name, attributes: { Id: name } }),
  'AWS::Cognito::UserPool': userPool,
  'AWS::Cognito::UserPoolClient': (name) => ({ ref: name, attributes: { ClientId: name } }),
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::DynamoDB::Table': table,
  'AWS::KMS::Key': (name) => ({
    ref: name,
    attributes: { Arn: arn('kms', `key/${name}`), KeyId: name },
  }),
  'AWS::Lambda::Function': (name) => ({
    ref: name,
    attributes: { Arn: arn('lambda', `function:${name}`) },
  }),
  'AWS::S3::Bucket': (name) => ({
    ref: name,
    attributes: { Arn: `arn:aws:s3:::${name}`, RegionalDomainName: bucketHost(name) },
  }),
  'AWS::SNS::Topic': (name) => ({
    ref: arn('sns', name),
    attributes: { TopicArn: arn('sns', name), TopicName: name },
  }),
  'AWS::SQS::Queue': (name, queueUrl) => ({
    ref: queueUrl(name),
    attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: queueUrl(name) },
  }),
};

/** Property that holds a resource's name when the template gives one. */
const NAME_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::CloudFront::Function': 'Name',
  'AWS::Cognito::UserPoolGroup': 'GroupName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SES::ConfigurationSet': 'Name',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
};

/** Name of the property that would hold the resource's name, if its type has one. */
export function nameProperty(type: string): string | undefined {
  return NAME_PROPERTIES[type];
}

/** The identity of a resource of this type and name; a type without an own rule has its name. */
export function identify(type: string, name: string, queueUrl: (name: string) => string): Identity {
  const own = IDENTIFY[type];
  if (own !== undefined) return own(name, queueUrl);
  return { ref: name, attributes: { Arn: arn('local', name) } };
}

/**
 * The name of a resource that the template does not name: as stable as its logical id.
 *
 * Functions are called as their construct (`…/accept-email/Function/Resource`), because people read
 * that name in every log line; bucket names are lower case (S3's rule); a key's id is a UUID, and
 * those of Cognito have its form.
 */
export function defaultName(type: string, logicalId: string, path: string | undefined): string {
  if (type === 'AWS::S3::Bucket') return `maillayer-${logicalId.toLowerCase()}`.slice(0, 63);
  if (type === 'AWS::KMS::Key') return uuidOf(logicalId);
  // One for all templates: users stay when the pool's logical id changes.
  if (type === 'AWS::Cognito::UserPool') return `${REGION}_Maillayer`;
  if (type === 'AWS::Cognito::UserPoolClient') return clientId(logicalId);
  if (type === 'AWS::Lambda::Function') {
    const parts = path?.split('/') ?? [];
    return parts.findLast((part) => part !== 'Resource' && part !== 'Function') ?? logicalId;
  }
  return logicalId;
}

/** A UUID that is always the same for the same text. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex').slice(0, 32);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function table(name: string): Identity {
  return { ref: name, attributes: { Arn: arn('dynamodb', `table/${name}`) } };
}

function userPool(id: string): Identity {
  const ProviderName = `cognito-idp.${REGION}.amazonaws.com/${id}`;
  const ProviderURL = `https://${ProviderName}`;
  return {
    ref: id,
    attributes: {
      Arn: arn('cognito-idp', `userpool/${id}`),
      ProviderName,
      ProviderURL,
      UserPoolId: id,
    },
  };
}

/** 26 letters and digits, as Cognito's are. */
function clientId(logicalId: string): string {
  const digest = createHash('sha256').update(logicalId).digest();
  return [...digest.subarray(0, 26)].map((byte) => (byte % 36).toString(36)).join('');
}

/** The host name at which an HTTP API of this id is an origin. */
export function apiHost(id: string): string {
  return `${id}.execute-api.${REGION}.${PSEUDO_PARAMETERS['AWS::URLSuffix']}`;
}

/** The host name at which a bucket is an origin. */
export function bucketHost(name: string): string {
  return `${name}.s3.${REGION}.${PSEUDO_PARAMETERS['AWS::URLSuffix']}`;
}

/** An ARN of a service that has no regions. */
function globalArn(service: string, resource: string): string {
  return `arn:aws:${service}::${ACCOUNT}:${resource}`;
}
