import { type App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Api } from './api.ts';
import type { Configuration } from './configuration.ts';
import { ContentBucket } from './content-bucket.ts';
import { Dashboard } from './dashboard.ts';
import { Domains } from './domains.ts';
import { EmailTable } from './email-table.ts';
import { Feedback } from './feedback.ts';
import { MailConfigurationSet } from './mail-configuration-set.ts';
import { Management } from './management.ts';
import { Owners } from './owners.ts';
import { Sending, SendingGate } from './sending.ts';
import { Users } from './users.ts';
import { WebhookChannel } from './webhook-channel.ts';
import { Webhooks } from './webhooks.ts';

/** The whole service: what there is, and what knows of what. */
export class MaillayerStack extends Stack {
  constructor(scope: App, configuration: Configuration) {
    super(scope, configuration.stackName, {
      description: 'Maillayer, a transactional email service that you own',
      analyticsReporting: false,
    });
    const table = new EmailTable(this, 'Emails');
    const content = new ContentBucket(this, 'Content', configuration);
    const configurationSet = new MailConfigurationSet(this, 'Mail', configuration);
    const users = new Users(this, 'Users', configuration);
    const channel = new WebhookChannel(this, 'WebhookChannel', configuration);

    const common = { configuration, table, users };

    const { eventQueue } = new Feedback(this, 'Feedback', {
      ...common,
      configurationSet,
      webhookQueue: channel.queue,
    });
    const mail = { ...common, content, configurationSet, eventQueue };
    const { sendQueue } = new Sending(this, 'Sending', mail);
    new SendingGate(this, 'Gate', { table });
    const management = new Management(this, 'Management', { ...common, channel });
    const domains = new Domains(this, 'Domains', common);
    const owners = new Owners(this, 'Owners', { ...common, content, sendQueue });
    const behind = { management, domains, owners };
    const { url, host } = new Api(this, 'Api', { ...common, content, sendQueue, ...behind });
    const dashboard = configuration.dashboard
      ? new Dashboard(this, 'Dashboard', { users, apiHost: host })
      : undefined;
    const ownHosts = dashboard === undefined ? [host] : [host, dashboard.host];
    new Webhooks(this, 'Webhooks', { ...common, channel, ownHosts });

    this.tell({
      DashboardUrl: dashboard?.url,
      ApiUrl: url,
      TableName: table.tableName,
      OperatorInvitation: users.invitation,
    });
  }

  /** What a deployment prints. */
  private tell(outputs: Readonly<Record<string, string | undefined>>): void {
    for (const [name, value] of Object.entries(outputs)) {
      if (value !== undefined) new CfnOutput(this, name, { value });
    }
  }
}
