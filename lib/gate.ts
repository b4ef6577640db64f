import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Env as RefreshGateEnv } from '../lambdas/refresh-gate/env.ts';
import type { EmailTable } from './email-table.ts';
import { ServiceFunction } from './service-function.ts';

/** Each minute, SES is asked for the account's rate, quota and health. */
export class Gate extends Construct {
  constructor(scope: Construct, id: string, { table }: { readonly table: EmailTable }) {
    super(scope, id);
    const refreshGate = new ServiceFunction<RefreshGateEnv>(this, 'refresh-gate', {
      timeout: Duration.seconds(10),
      environment: {},
    });
    table.grant(refreshGate, 'UpdateItem');
    // SES knows no resource for this action.
    refreshGate.allow(['ses:GetAccount'], ['*']);
    refreshGate.every(Duration.minutes(1));
  }
}
