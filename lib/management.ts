import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Env as GetAccountEnv } from '../lambdas/get-account/env.ts';
import type { Env as ManageApiKeysEnv } from '../lambdas/manage-api-keys/env.ts';
import type { Env as ManageSuppressionsEnv } from '../lambdas/manage-suppressions/env.ts';
import type { Env as ManageWebhooksEnv } from '../lambdas/manage-webhooks/env.ts';
import { type Configuration, webhookPorts } from './configuration.ts';
import type { EmailTable } from './email-table.ts';
import { ServiceFunction } from './service-function.ts';
import type { Users } from './users.ts';
import type { WebhookChannel } from './webhook-channel.ts';

export interface ManagementProps {
  readonly configuration: Configuration;
  readonly table: EmailTable;
  readonly users: Users;
  readonly channel: WebhookChannel;
}

/** A caller waits for these functions. */
const memorySize = 1024;
const timeout = Duration.seconds(20);

/** The functions behind an account's own settings. */
export class Management extends Construct {
  readonly getAccount: ServiceFunction<GetAccountEnv>;
  readonly manageApiKeys: ServiceFunction<ManageApiKeysEnv>;
  readonly manageSuppressions: ServiceFunction<ManageSuppressionsEnv>;
  readonly manageWebhooks: ServiceFunction<ManageWebhooksEnv>;

  constructor(scope: Construct, id: string, props: ManagementProps) {
    super(scope, id);
    this.getAccount = this.account(props);
    this.manageApiKeys = this.apiKeys(props);
    this.manageSuppressions = this.suppressions(props);
    this.manageWebhooks = this.webhooks(props);
  }

  private account({ configuration, table, users }: ManagementProps) {
    const fn = new ServiceFunction<GetAccountEnv>(this, 'get-account', {
      timeout,
      memorySize,
      environment: { PLANS: JSON.stringify(configuration.plans) },
    });
    users.grantVerify(fn);
    table.grant(fn, 'GetItem', 'PutItem', 'BatchGetItem', 'UpdateItem', 'Query');
    table.grantQueryByTime(fn);
    return fn;
  }

  private apiKeys({ configuration, table, users }: ManagementProps) {
    const fn = new ServiceFunction<ManageApiKeysEnv>(this, 'manage-api-keys', {
      timeout,
      memorySize,
      environment: { PLANS: JSON.stringify(configuration.plans) },
    });
    users.grantVerify(fn);
    table.grant(fn, 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem');
    table.grantQueryByTime(fn);
    return fn;
  }

  private suppressions({ configuration, table, users }: ManagementProps) {
    const fn = new ServiceFunction<ManageSuppressionsEnv>(this, 'manage-suppressions', {
      timeout,
      memorySize,
      environment: { PLANS: JSON.stringify(configuration.plans) },
    });
    users.grantVerify(fn);
    table.grant(fn, 'GetItem', 'PutItem', 'BatchGetItem', 'UpdateItem');
    table.grantQueryByTime(fn);
    return fn;
  }

  private webhooks({ configuration, table, users, channel }: ManagementProps) {
    const fn = new ServiceFunction<ManageWebhooksEnv>(this, 'manage-webhooks', {
      timeout,
      memorySize,
      environment: {
        PLANS: JSON.stringify(configuration.plans),
        RETENTION_DAYS: String(configuration.retentionDays),
        WEBHOOK_PORTS: webhookPorts(configuration),
        TIME_SCALE: String(configuration.timeScale),
      },
    });
    users.grantVerify(fn);
    table.grant(fn, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query');
    channel.grantSecrets(fn, 'Encrypt');
    channel.queue.grantSend(fn, 'WEBHOOK_QUEUE_URL');
    return fn;
  }
}
