import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import { StartError } from '../start-error.ts';
import type { Resource } from '../template/template.ts';

const keySchema = v.array(
  v.object({ AttributeName: v.string(), KeyType: v.picklist(['HASH', 'RANGE']) }),
);

const SHAPE = {
  AttributeDefinitions: v.array(
    v.object({ AttributeName: v.string(), AttributeType: v.picklist(['S', 'N', 'B']) }),
  ),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: v.optional(
    v.array(
      v.object({
        IndexName: v.string(),
        KeySchema: keySchema,
        Projection: v.object({
          ProjectionType: v.picklist(['ALL', 'INCLUDE', 'KEYS_ONLY']),
          NonKeyAttributes: v.optional(v.array(v.string())),
        }),
      }),
    ),
  ),
};

/** Money, backups and protection do nothing here; TimeToLive is not modelled (docs/local.md). */
const IGNORED = [
  'BillingMode',
  'DeletionProtectionEnabled',
  'OnDemandThroughput',
  'PointInTimeRecoverySpecification',
  'Replicas',
  'SSESpecification',
  'TableClass',
  'TableName',
  'Tags',
  'TimeToLiveSpecification',
  'WriteOnDemandThroughputSettings',
];

/**
 * Creates the table if it is not there.
 *
 * @throws StartError when a table with other keys or indexes is there: its items would not fit.
 */
export async function deployTable(client: DynamoDBClient, resource: Resource): Promise<void> {
  const wanted = resource.properties(SHAPE, IGNORED);
  const found = await describe(client, resource.name);
  if (found === undefined) {
    await client.send(
      new CreateTableCommand({
        TableName: resource.name,
        BillingMode: 'PAY_PER_REQUEST',
        ...wanted,
      }),
    );
    while ((await describe(client, resource.name))?.TableStatus !== 'ACTIVE');
    return;
  }
  if (outline(found) !== outline(wanted)) {
    throw new StartError(
      'The data directory holds a table of another version, with other keys or indexes: ' +
        'delete the directory, or choose another with --data-dir.',
    );
  }
}

async function describe(
  client: DynamoDBClient,
  name: string,
): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** Keys and indexes as comparable text. */
function outline(
  table: Pick<TableDescription, 'AttributeDefinitions' | 'KeySchema' | 'GlobalSecondaryIndexes'>,
): string {
  const types = new Map(
    table.AttributeDefinitions?.map(({ AttributeName, AttributeType }) => [
      AttributeName,
      AttributeType,
    ]),
  );
  const keys = (schema: TableDescription['KeySchema']) =>
    (schema ?? []).map(
      ({ AttributeName, KeyType }) => `${AttributeName} ${types.get(AttributeName)} ${KeyType}`,
    );
  const indexes = (table.GlobalSecondaryIndexes ?? []).map(({ IndexName, KeySchema, Projection }) =>
    [IndexName, ...keys(KeySchema), Projection?.ProjectionType].join(' '),
  );
  return [...keys(table.KeySchema), ...indexes.sort()].join('\n');
}
