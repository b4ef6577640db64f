import { type App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Api } from './api.ts';
import type { Configuration } from './configuration.ts';
import { ContentBucket } from './content-bucket.ts';
import { EmailTable } from './email-table.ts';
import { Feedback } from './feedback.ts';
import { Gate } from './gate.ts';
import { MailConfigurationSet } from './mail-configuration-set.ts';
import { Sending } from './sending.ts';

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

    const { eventQueue } = new Feedback(this, 'Feedback', {
      configuration,
      table,
      configurationSet,
    });
    const { sendQueue } = new Sending(this, 'Sending', {
      configuration,
      table,
      content,
      configurationSet,
      eventQueue,
    });
    new Gate(this, 'Gate', { table });
    const { url } = new Api(this, 'Api', { configuration, table, content, sendQueue });

    new CfnOutput(this, 'ApiUrl', { value: url });
    new CfnOutput(this, 'TableName', { value: table.tableName });
  }
}
