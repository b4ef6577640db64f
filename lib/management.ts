import { Construct } from 'constructs';
import type { Env as GetAccountEnv } from '../lambdas/get-account/env.ts';
import type { Env as ManageApiKeysEnv } from '../lambdas/manage-api-keys/env.ts';
import type { Env as ManageSuppressionsEnv } from '../lambdas/manage-suppressions/env.ts';
import type { Env as ManageWebhooksEnv } from '../lambdas/manage-webhooks/env.ts';
import { ApiFunction } from './api-function.ts';
import { type Configuration, webhookPorts } from './configuration.ts';
import type { EmailTable } from './email-table.ts';
import type { ServiceFunction } from './service-function.ts';
import type { Users } from './users.ts';
import type { WebhookChannel } from './webhook-channel.ts';

export interface ManagementProps {
  readonly configuration: Configuration;
  readonly table: EmailTable;
  readonly users: Users;
  readonly channel: WebhookChannel;
}

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

  private account(props: ManagementProps) {
    const fn = new ApiFunction<GetAccountEnv>(this, 'get-account', { ...props, environment: {} });
    props.table.grant(fn, 'BatchGetItem', 'Query');
    props.table.grantQueryByTime(fn);
    return fn;
  }

  private apiKeys(props: ManagementProps) {
    const fn = new ApiFunction<ManageApiKeysEnv>(this, 'manage-api-keys', {
      ...props,
      environment: {},
    });
    props.table.grant(fn, 'BatchGetItem');
    props.table.grantQueryByTime(fn);
    return fn;
  }

  private suppressions(props: ManagementProps) {
    const fn = new ApiFunction<ManageSuppressionsEnv>(this, 'manage-suppressions', {
      ...props,
      environment: {},
    });
    props.table.grant(fn, 'BatchGetItem');
    props.table.grantQueryByTime(fn);
    return fn;
  }

  private webhooks({ channel, ...props }: ManagementProps) {
    const { configuration } = props;
    const fn: ServiceFunction<ManageWebhooksEnv> = new ApiFunction(this, 'manage-webhooks', {
      ...props,
      environment: {
        RETENTION_DAYS: String(configuration.retentionDays),
        WEBHOOK_PORTS: webhookPorts(configuration),
        TIME_SCALE: String(configuration.timeScale),
      },
    });
    props.table.grant(fn, 'DeleteItem', 'Query');
    channel.grantSecrets(fn, 'Encrypt');
    channel.queue.grantSend(fn, 'WEBHOOK_QUEUE_URL');
    return fn;
  }
}
