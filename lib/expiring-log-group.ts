import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** A log group that forgets after a month and goes with its stack. */
export class ExpiringLogGroup extends LogGroup {
  constructor(scope: Construct, id: string, logGroupName?: string) {
    super(scope, id, {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
      ...(logGroupName !== undefined && { logGroupName }),
    });
  }
}
