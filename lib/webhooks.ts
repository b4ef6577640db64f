import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Env as DeliverWebhookEnv } from '../lambdas/deliver-webhook/env.ts';
import type { Env as SweepDueEnv } from '../lambdas/sweep-due/env.ts';
import { type Configuration, webhookPorts } from './configuration.ts';
import type { EmailTable } from './email-table.ts';
import { ServiceFunction } from './service-function.ts';
import type { WebhookChannel } from './webhook-channel.ts';

export interface WebhooksProps {
  readonly configuration: Configuration;
  readonly table: EmailTable;
  readonly channel: WebhookChannel;
  /** Our own host names: no webhook may go there. */
  readonly ownHosts: readonly string[];
}

/** Partitions of endpoints, deliveries and their health. */
const WEBHOOK_ITEMS = 'webhook#*';

/** What happened to an email reaches the customer's own server, or waits until it can. */
export class Webhooks extends Construct {
  constructor(scope: Construct, id: string, props: WebhooksProps) {
    super(scope, id);
    this.deliver(props);
    this.sweep(props);
  }

  private deliver({ configuration, table, channel, ownHosts }: WebhooksProps): void {
    const deliverWebhook = new ServiceFunction<DeliverWebhookEnv>(this, 'deliver-webhook', {
      timeout: channel.timeout,
      environment: {
        RETENTION_DAYS: String(configuration.retentionDays),
        OWN_HOSTS: ownHosts.join(','),
        WEBHOOK_PORTS: webhookPorts(configuration),
        // Half of the calls, so that the other half is never held by endpoints that do not answer.
        LANES: String(Math.floor(configuration.webhookConcurrency / 2)),
        TIME_SCALE: String(configuration.timeScale),
      },
    });
    table.grantWithin(deliverWebhook, WEBHOOK_ITEMS, [
      'BatchGetItem',
      'GetItem',
      'PutItem',
      'UpdateItem',
    ]);
    table.grantNotices(deliverWebhook);
    channel.grantSecrets(deliverWebhook, 'Decrypt');
    channel.queue.grantHide(deliverWebhook, 'WEBHOOK_QUEUE_URL');
    channel.deadLetterQueue.grantSend(deliverWebhook, 'DEAD_LETTER_QUEUE_URL');
    channel.queue.feed(deliverWebhook, {
      batchSize: configuration.webhookBatchSize,
      maxConcurrency: configuration.webhookConcurrency,
    });
  }

  private sweep({ configuration, table, channel }: WebhooksProps): void {
    const sweepDue = new ServiceFunction<SweepDueEnv>(this, 'sweep-due', {
      timeout: Duration.seconds(50),
      environment: { TIME_SCALE: String(configuration.timeScale) },
    });
    table.grantQueryDue(sweepDue);
    table.grantWithin(sweepDue, WEBHOOK_ITEMS, ['UpdateItem']);
    channel.queue.grantSend(sweepDue, 'WEBHOOK_QUEUE_URL');
    sweepDue.every(Duration.minutes(1));
  }
}
