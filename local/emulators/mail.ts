import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { readConfigurationSets } from '../resources/configuration-sets.ts';
import type { Service } from '../service.ts';
import type { Publish } from '../ses/outbox.ts';
import { startSes } from '../ses/server.ts';
import type { Template } from '../template/template.ts';

/** The local SES, publishing its events to SNS's emulator. */
export interface Mail extends Service {
  /** `127.0.0.1:<port>` of the name server. */
  readonly dns: string;
  /** Makes the template's configuration sets. */
  configure(template: Template): void;
}

/**
 * Starts the local SES with its mails in `file`.
 *
 * @param publishing passes its events on to SNS
 */
export async function startMail(
  file: string,
  sns: SNSClient,
  publishing: (publish: Publish) => Publish = (publish) => publish,
): Promise<Mail> {
  const publish = publishing(async (topicArn, message) => {
    await sns.send(new PublishCommand({ TopicArn: topicArn, Message: message }));
  });
  const ses = await startSes({ file, publish });
  return {
    ...ses,
    configure: (template) => {
      for (const set of readConfigurationSets(template)) ses.putConfigurationSet(set);
    },
  };
}
