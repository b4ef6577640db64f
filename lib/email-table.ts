import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { TABLE } from '../lambdas/core/contract/table.ts';
import type { ServiceFunction } from './service-function.ts';

type ItemAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'PutItem'
  | 'UpdateItem'
  | 'BatchWriteItem'
  | 'DeleteItem'
  | 'Query';

const key = (name: string) => ({ name, type: AttributeType.STRING });
const numericKey = (name: string) => ({ name, type: AttributeType.NUMBER });

/** The one table. It outlives its stack. */
export class EmailTable extends Construct {
  private readonly table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: key(TABLE.partitionKey),
      sortKey: key(TABLE.sortKey),
      timeToLiveAttribute: TABLE.ttl,
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: TABLE.byTime.indexName,
      partitionKey: key(TABLE.byTime.partitionKey),
      sortKey: key(TABLE.byTime.sortKey),
      projectionType: ProjectionType.KEYS_ONLY,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: TABLE.due.indexName,
      partitionKey: key(TABLE.due.partitionKey),
      sortKey: numericKey(TABLE.due.sortKey),
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }

  get tableName(): string {
    return this.table.tableName;
  }

  /** Allows the actions on the table, not on its indexes. */
  grant(fn: ServiceFunction<{ TABLE_NAME: string }>, ...actions: readonly ItemAction[]): void {
    this.allow(fn, actions, this.table.tableArn);
  }

  /** Allows to list by time. */
  grantQueryByTime(fn: ServiceFunction<{ TABLE_NAME: string }>): void {
    this.allow(fn, ['Query'], `${this.table.tableArn}/index/${TABLE.byTime.indexName}`);
  }

  /** Allows to see what is due. */
  grantQueryDue(fn: ServiceFunction<{ TABLE_NAME: string }>): void {
    this.allow(fn, ['Query'], `${this.table.tableArn}/index/${TABLE.due.indexName}`);
  }

  /** Allows the actions on items whose partition key fits `pattern` (with `*`), and on no other. */
  grantWithin(
    fn: ServiceFunction<{ TABLE_NAME: string }>,
    pattern: string,
    actions: readonly ItemAction[],
  ): void {
    this.allow(fn, actions, this.table.tableArn, {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [pattern] },
    });
  }

  /** Allows to note what an owner must be told, and nothing else of it. */
  grantNotices(fn: ServiceFunction<{ TABLE_NAME: string }>): void {
    this.grantWithin(fn, 'notice#*', ['PutItem']);
  }

  private allow(
    fn: ServiceFunction<{ TABLE_NAME: string }>,
    actions: readonly ItemAction[],
    resource: string,
    conditions: Readonly<Record<string, unknown>> = {},
  ): void {
    fn.allow(
      actions.map((action) => `dynamodb:${action}`),
      [resource],
      conditions,
    );
    fn.setVariable('TABLE_NAME', this.table.tableName);
  }
}
