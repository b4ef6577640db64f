import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { REGION } from '../template/aws.ts';

/** Where the emulators listen. */
export interface Endpoints {
  readonly dynamodb: string;
  readonly ses: string;
  readonly sqs: string;
  readonly s3: string;
  readonly kms: string;
  readonly cognito: string;
  /** `127.0.0.1:<port>` of the name server. */
  readonly dns: string;
}

/** The runner's own clients of the emulators. */
export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly s3: S3Client;
}

/** The emulators check no signature, and no real key may ever reach them. */
export const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/** Clients for the emulators; one for queues, topics and objects. */
export function createClients(tableUrl: string, messagingUrl: string): Clients {
  const common = { region: REGION, credentials: CREDENTIALS };
  const messaging = { ...common, endpoint: messagingUrl };
  return {
    dynamodb: new DynamoDBClient({ ...common, endpoint: tableUrl }),
    sqs: new SQSClient(messaging),
    sns: new SNSClient(messaging),
    s3: new S3Client({ ...messaging, forcePathStyle: true }),
  };
}
