import { describe, expect, it } from '@jest/globals';
import { readFunction } from '../../../local/functions/definition.ts';
import { openTemplate } from '../../../local/template/template.ts';

const endpoints = {
  dynamodb: 'http://d',
  ses: 'http://m',
  sqs: 'http://q',
  s3: 'http://o',
  kms: 'http://k',
  cognito: 'http://c',
  dns: '127.0.0.1:53',
};

function read(Properties: object) {
  const resources = {
    Fn: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { S3Bucket: 'b', S3Key: 'k.zip' },
        Handler: 'index.handler',
        ...Properties,
      },
    },
    Items: { Type: 'AWS::DynamoDB::Table' },
  };
  const template = openTemplate({ Resources: resources }, (name) => name);
  const [resource] = template.resources('AWS::Lambda::Function');
  if (resource === undefined) throw new Error('The template has no function.');
  return readFunction(resource, (objectKey) => `/assets/${objectKey}`, endpoints);
}

describe('a function of the template', () => {
  it('has its bundle, timeout and memory', () => {
    expect(read({ Handler: 'get-email/index.run', Timeout: 60, MemorySize: 512 })).toMatchObject({
      name: 'Fn',
      file: '/assets/k.zip/get-email/index',
      exportName: 'run',
      timeoutMs: 60_000,
      memoryMb: 512,
    });
  });

  it("has Lambda's defaults where the template says nothing", () => {
    expect(read({})).toMatchObject({ timeoutMs: 3000, memoryMb: 128 });
  });

  it('has the variables of the template, resolved', () => {
    const { environment } = read({ Environment: { Variables: { TABLE_NAME: { Ref: 'Items' } } } });
    expect(environment.TABLE_NAME).toBe('Items');
  });

  it('reaches the emulators only, with keys that open nothing', () => {
    expect(read({}).environment).toMatchObject({
      AWS_ACCESS_KEY_ID: 'local',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: 'http://c',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://d',
      AWS_ENDPOINT_URL_KMS: 'http://k',
      AWS_ENDPOINT_URL_S3: 'http://o',
      AWS_ENDPOINT_URL_SESV2: 'http://m',
      AWS_ENDPOINT_URL_SNS: 'http://q',
      AWS_ENDPOINT_URL_SQS: 'http://q',
      AWS_REGION: 'us-east-1',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      MAILLAYER_LOCAL: '1',
      NAME_SERVERS: '127.0.0.1:53',
    });
  });

  it('is told the log level that the template sets', () => {
    const { environment } = read({
      LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'WARN', LogGroup: 'g' },
    });
    expect(environment).toMatchObject({
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      AWS_LAMBDA_LOG_LEVEL: 'WARN',
    });
  });

  it('is refused when it runs from something that is not modelled', () => {
    expect(() => read({ Layers: ['arn:aws:lambda:…'] })).toThrow('has the property Layers');
    expect(() => read({ Handler: 'index' })).toThrow('Fn has the unreadable handler index.');
  });
});
