import { join } from 'node:path';
import * as v from 'valibot';
import type { Endpoints } from '../emulators/clients.ts';
import { CREDENTIALS } from '../emulators/clients.ts';
import { StartError } from '../start-error.ts';
import { REGION } from '../template/aws.ts';
import type { Resource } from '../template/template.ts';

/** A function of the template, ready to run. */
export interface FunctionDefinition {
  readonly name: string;
  readonly arn: string;
  /** The bundle's file without its extension, and the name that it exports. */
  readonly file: string;
  readonly exportName: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memoryMb: number;
}

const SHAPE = {
  Code: v.object({ S3Key: v.string() }),
  Handler: v.string(),
  Environment: v.optional(v.object({ Variables: v.record(v.string(), v.string()) })),
  // Lambda's own defaults: 3 s and 128 MB.
  Timeout: v.optional(v.number(), 3),
  MemorySize: v.optional(v.number(), 128),
  LoggingConfig: v.optional(
    v.looseObject({
      ApplicationLogLevel: v.optional(v.string()),
      LogFormat: v.optional(v.string()),
    }),
  ),
};

/** Permissions, tracing and placement do nothing here; memory and processor are the machine's own. */
const IGNORED = [
  'Architectures',
  'Description',
  'EphemeralStorage',
  'FunctionName',
  'Role',
  'Runtime',
  'RuntimeManagementConfig',
  'Tags',
  'TracingConfig',
];

/**
 * Reads an `AWS::Lambda::Function`.
 *
 * @param assetDirectory the unpacked bundle of an asset, by its object key
 */
export function readFunction(
  resource: Resource,
  assetDirectory: (objectKey: string) => string,
  endpoints: Endpoints,
): FunctionDefinition {
  const properties = resource.properties(SHAPE, IGNORED);
  const [file, exportName, ...rest] = properties.Handler.split('.');
  if (!file || !exportName || rest.length > 0) {
    throw new StartError(`${resource.logicalId} has the unreadable handler ${properties.Handler}.`);
  }
  return {
    name: resource.name,
    arn: resource.attributes.Arn ?? '',
    file: join(assetDirectory(properties.Code.S3Key), file),
    exportName,
    timeoutMs: properties.Timeout * 1000,
    memoryMb: properties.MemorySize,
    environment: {
      ...runtimeEnvironment(resource.name, properties),
      ...localEnvironment(endpoints),
      ...properties.Environment?.Variables,
    },
  };
}

/** What Lambda itself sets: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
function runtimeEnvironment(
  name: string,
  properties: v.InferOutput<v.ObjectSchema<typeof SHAPE, undefined>>,
): Record<string, string> {
  const { ApplicationLogLevel, LogFormat } = properties.LoggingConfig ?? {};
  return {
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(properties.MemorySize),
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    ...(ApplicationLogLevel === undefined ? {} : { AWS_LAMBDA_LOG_LEVEL: ApplicationLogLevel }),
    ...(LogFormat === undefined ? {} : { AWS_LAMBDA_LOG_FORMAT: LogFormat }),
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    _HANDLER: properties.Handler,
  };
}

/** Points every SDK client to this machine and away from the profiles and keys of whoever runs it. */
function localEnvironment(endpoints: Endpoints): Record<string, string> {
  return {
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoints.cognito,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_KMS: endpoints.kms,
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    AWS_ENDPOINT_URL_SESV2: endpoints.ses,
    AWS_ENDPOINT_URL_SNS: endpoints.sqs,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    MAILLAYER_LOCAL: '1',
    NAME_SERVERS: endpoints.dns,
  };
}
