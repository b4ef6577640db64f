import { type App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Api } from './api.ts';
import type { Configuration } from './configuration.ts';
import { ContentBucket } from './content-bucket.ts';
import { Domains } from './domains.ts';
import { EmailTable } from './email-table.ts';
import { Feedback } from './feedback.ts';
import { Gate } from './gate.ts';
import { MailConfigurationSet } from './mail-configuration-set.ts';
import { Management } from './management.ts';
import { Sending } from './sending.ts';
import { WebhookChannel } from './webhook-channel.ts';
import { Webhooks } from './webhooks.ts';

/** The whole service: what there is, and what knows of what. */
export class MaillayerStack extends Stack {
  constructor(scope: App, configuration: Configuration) {
    super(scope, configuration.stackName, {
      description: 'Maillayer, a transactional email service of your own',
      analyticsReporting: false,
    });
    const table = new EmailTable(this, 'Emails');
    const content = new ContentBucket(this, 'Content', configuration);
    const configurationSet = new MailConfigurationSet(this, 'Mail', configuration);
    const channel = new WebhookChannel(this, 'WebhookChannel', configuration);

    const { eventQueue } = new Feedback(this, 'Feedback', {
      configuration,
      table,
      configurationSet,
      webhookQueue: channel.queue,
    });
    const { sendQueue } = new Sending(this, 'Sending', {
      configuration,
      table,
      content,
      configurationSet,
      eventQueue,
    });
    new Gate(this, 'Gate', { table });
    const management = new Management(this, 'Management', { configuration, table, channel });
    const domains = new Domains(this, 'Domains', { configuration, table });
    const { url, host } = new Api(this, 'Api', {
      configuration,
      table,
      content,
      sendQueue,
      management,
      domains,
    });
    new Webhooks(this, 'Webhooks', { configuration, table, channel, ownHost: host });

    new CfnOutput(this, 'ApiUrl', { value: url });
    new CfnOutput(this, 'TableName', { value: table.tableName });
  }
}
