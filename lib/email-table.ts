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
  | 'Query';

const key = (name: string) => ({ name, type: AttributeType.STRING });

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
  }

  get tableName(): string {
    return this.table.tableName;
  }

  /** Allows the actions on the table, not on its index. */
  grant(fn: ServiceFunction<{ TABLE_NAME: string }>, ...actions: readonly ItemAction[]): void {
    this.allow(fn, actions, this.table.tableArn);
  }

  /** Allows to list by time. */
  grantQueryByTime(fn: ServiceFunction<{ TABLE_NAME: string }>): void {
    this.allow(fn, ['Query'], `${this.table.tableArn}/index/${TABLE.byTime.indexName}`);
  }

  private allow(
    fn: ServiceFunction<{ TABLE_NAME: string }>,
    actions: readonly ItemAction[],
    resource: string,
  ): void {
    fn.allow(
      actions.map((action) => `dynamodb:${action}`),
      [resource],
    );
    fn.setVariable('TABLE_NAME', this.table.tableName);
  }
}
