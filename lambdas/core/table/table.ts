import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DeadlineHandler } from '../runtime/deadline.ts';

/** The table and how to reach it. */
export type Table = {
  readonly name: string;
  /** Retries what failed; for reads and for writes that may be repeated. */
  readonly client: DynamoDBDocumentClient;
  /** Tries once: a counter's addition must not be repeated when its answer was lost. */
  readonly counterClient: DynamoDBDocumentClient;
};

/** Connects to the table; region, credentials and endpoint come from the SDK's own variables. */
export function openTable(name: string): Table {
  const requestHandler = new DeadlineHandler({ connectionTimeout: 1000, requestTimeout: 4000 });
  const open = (maxAttempts: number) =>
    DynamoDBDocumentClient.from(new DynamoDBClient({ requestHandler, maxAttempts }), {
      marshallOptions: { removeUndefinedValues: true },
    });
  return { name, client: open(4), counterClient: open(1) };
}

/** The write's result, or undefined where its condition did not hold. */
export async function ifConditionHolds<Result>(
  write: Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

/** Epoch seconds, as DynamoDB's TTL wants them, `days` after a time in epoch milliseconds. */
export function expiresAt(from: number, days: number): number {
  return Math.ceil(from / 1000) + days * 24 * 60 * 60;
}
