import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
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
    const target = new LambdaFunction(refreshGate.lambda, { retryAttempts: 0 });
    new Rule(this, 'EachMinute', {
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [target],
    });
  }
}
