import { Agent } from 'node:https';
import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { addressedTo } from '../email/addressed.ts';
import type { Content, Email } from '../email/email.ts';
import { eventTags } from '../email/event-tags.ts';
import { headerMailbox } from '../email/header-text.ts';
import type { MailSender } from '../email/mail-sender.ts';
import { mailboxOf } from '../value/address.ts';
import { outcomeOfError } from './ses-outcome.ts';

const CHARSET = 'UTF-8';

function destination(email: Email) {
  const { to, cc, bcc } = addressedTo(email);
  return {
    ToAddresses: to.map(headerMailbox),
    CcAddresses: cc.map(headerMailbox),
    BccAddresses: bcc.map(headerMailbox),
  };
}

function requestOf(
  email: Email,
  content: Content,
  attempt: number,
  configurationSet: string,
): SendEmailCommandInput {
  const part = (Data: string) => ({ Data, Charset: CHARSET });
  const tags = Object.entries(eventTags(email, attempt));
  return {
    ConfigurationSetName: configurationSet,
    FromEmailAddress: headerMailbox(mailboxOf(email.from)),
    Destination: destination(email),
    ReplyToAddresses: [email.replyTo ?? []].flat().map((each) => headerMailbox(mailboxOf(each))),
    EmailTags: tags.map(([Name, Value]) => ({ Name, Value })),
    Content: {
      Simple: {
        Subject: part(email.subject),
        Body: {
          ...(content.html === undefined ? {} : { Html: part(content.html) }),
          ...(content.text === undefined ? {} : { Text: part(content.text) }),
        },
      },
    },
  };
}

/**
 * SES v2 sends the email. One attempt a call: by default the SDK repeats on a reset, a hang, a 5xx or a cut
 * 200, and each repetition may be a second mail.
 *
 * @param timeout of one call, milliseconds
 */
export function sesSender(configurationSet: string, timeout: number): MailSender {
  const httpsAgent = new Agent({ keepAlive: true, maxSockets: 50 });
  const requestHandler = new NodeHttpHandler({ httpsAgent, connectionTimeout: timeout });
  const client = new SESv2Client({ requestHandler, maxAttempts: 1 });
  return {
    async send(email, content, attempt) {
      try {
        const command = new SendEmailCommand(requestOf(email, content, attempt, configurationSet));
        await client.send(command, { abortSignal: AbortSignal.timeout(timeout) });
        return { kind: 'accepted' };
      } catch (error) {
        return outcomeOfError(error);
      }
    },
    close: () => requestHandler.destroy(),
  };
}
