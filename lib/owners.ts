import { Duration, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Env as ManageSendingEnv } from '../lambdas/manage-sending/env.ts';
import type { Env as NotifyOwnersEnv } from '../lambdas/notify-owners/env.ts';
import { ApiFunction } from './api-function.ts';
import type { Configuration } from './configuration.ts';
import type { ContentBucket } from './content-bucket.ts';
import type { EmailTable } from './email-table.ts';
import { ServiceFunction } from './service-function.ts';
import type { Users } from './users.ts';
import type { WorkQueue } from './work-queue.ts';

export interface OwnersProps {
  readonly configuration: Configuration;
  readonly table: EmailTable;
  readonly users: Users;
  readonly content: ContentBucket;
  readonly sendQueue: WorkQueue;
}

/** What owners are mailed, and what the operator asks of AWS for the whole service. */
export class Owners extends Construct {
  readonly manageSending: ServiceFunction<ManageSendingEnv>;

  constructor(scope: Construct, id: string, props: OwnersProps) {
    super(scope, id);
    this.manageSending = this.sending(props);
    this.tell(props);
  }

  private sending(props: OwnersProps) {
    const fn = new ApiFunction<ManageSendingEnv>(this, 'manage-sending', {
      ...props,
      environment: {},
    });
    // Identities of addresses: the name of a domain, a customer's above all, has no @.
    const resourceName = '*@*';
    fn.allow(
      [
        'ses:CreateEmailIdentity',
        'ses:DeleteEmailIdentity',
        'ses:GetEmailIdentity',
        'ses:TagResource',
      ],
      [Stack.of(this).formatArn({ service: 'ses', resource: 'identity', resourceName })],
    );
    // SES knows no resource for this action.
    fn.allow(['ses:PutAccountDetails'], ['*']);
    return fn;
  }

  private tell({ configuration, table, content, sendQueue }: OwnersProps): void {
    const fn = new ServiceFunction<NotifyOwnersEnv>(this, 'notify-owners', {
      timeout: Duration.seconds(60),
      environment: {
        RETENTION_DAYS: String(configuration.retentionDays),
        TIME_SCALE: String(configuration.timeScale),
      },
    });
    table.grant(fn, 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'BatchWriteItem');
    table.grantQueryByTime(fn);
    table.grantQueryDue(fn);
    content.grant(fn, 'PutObject');
    sendQueue.grantSend(fn, 'SEND_QUEUE_URL');
    fn.every(Duration.minutes(2));
  }
}
