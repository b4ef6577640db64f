import {
  PutEmailIdentityMailFromAttributesCommand,
  type SendEmailCommandInput,
} from '@aws-sdk/client-sesv2';
import { control, DOMAIN, mailTo, type Running, withContent } from './harness.ts';

export type Refusal = {
  readonly when: string;
  readonly given?: (running: Running) => Promise<unknown>;
  readonly to?: string | string[];
  readonly mail?: Partial<SendEmailCommandInput>;
  readonly name: string;
  readonly status: number;
  readonly message: RegExp;
};

export const many = (n: number) => Array.from({ length: n }, (_, i) => `r${i}@example.org`);
const bad = { name: 'BadRequestException', status: 400 };

/** One way to provoke each refusal of `SendEmail`, and what the SDK then throws. */
export const refusals: readonly Refusal[] = [
  {
    when: 'the sender has no identity',
    mail: { FromEmailAddress: 'a@other.example' },
    name: 'MessageRejected',
    status: 400,
    message:
      /^Email address is not verified\. The following identities failed the check in region US-EAST-1: a@other\.example$/,
  },
  {
    when: 'the sandbox knows neither recipient',
    given: ({ ses }) => control(ses.url, 'PUT', 'account', { sandbox: true }),
    to: ['x@example.org', 'success@simulator.amazonses.com', 'y@example.org', `me@${DOMAIN}`],
    name: 'MessageRejected',
    status: 400,
    message: /US-EAST-1: x@example\.org, y@example\.org$/,
  },
  {
    when: 'sending is paused',
    given: ({ ses }) => control(ses.url, 'PUT', 'account', { sendingEnabled: false }),
    name: 'SendingPausedException',
    status: 400,
    message: /paused/,
  },
  {
    when: 'a fault pauses sending',
    given: ({ ses }) => control(ses.url, 'PUT', 'faults', { paused: true }),
    name: 'SendingPausedException',
    status: 400,
    message: /paused/,
  },
  {
    when: 'the account is shut down',
    given: ({ ses }) => control(ses.url, 'PUT', 'account', { enforcementStatus: 'SHUTDOWN' }),
    name: 'AccountSuspendedException',
    status: 400,
    message: /may not send/,
  },
  {
    when: 'the MAIL FROM domain must be verified and is not',
    given: ({ client }) =>
      client.send(
        new PutEmailIdentityMailFromAttributesCommand({
          EmailIdentity: DOMAIN,
          MailFromDomain: `mail.${DOMAIN}`,
          BehaviorOnMxFailure: 'REJECT_MESSAGE',
        }),
      ),
    name: 'MailFromDomainNotVerifiedException',
    status: 400,
    message: /mail\.example\.com/,
  },
  {
    when: 'the configuration set does not exist',
    mail: { ConfigurationSetName: 'nowhere' },
    name: 'NotFoundException',
    status: 404,
    message: /<nowhere>/,
  },
  {
    when: 'the quota of the day is used up',
    given: ({ ses }) => control(ses.url, 'PUT', 'account', { max24HourSend: 1 }),
    to: many(2),
    name: 'TooManyRequestsException',
    status: 429,
    message: /^Daily message quota exceeded\.$/,
  },
  {
    when: 'there is no room for the rate',
    given: async ({ ses, client }) => {
      await control(ses.url, 'PUT', 'account', { maxSendRate: 1 });
      await client.send(mailTo('first@example.org'));
    },
    name: 'TooManyRequestsException',
    status: 429,
    message: /^Maximum sending rate exceeded\.$/,
  },
  {
    when: 'a fault throttles',
    given: ({ ses }) => control(ses.url, 'PUT', 'faults', { throttleShare: 1 }),
    name: 'TooManyRequestsException',
    status: 429,
    message: /^Maximum sending rate exceeded\.$/,
  },
  {
    when: 'a fault asks for a limit error',
    given: ({ ses }) => control(ses.url, 'PUT', 'faults', { error: 'LimitExceededException' }),
    name: 'LimitExceededException',
    status: 400,
    message: /fault/,
  },
  {
    when: 'a fault asks for 500',
    given: ({ ses }) => control(ses.url, 'PUT', 'faults', { status: 500 }),
    name: 'InternalServiceErrorException',
    status: 500,
    message: /again/,
  },
  {
    when: 'a fault asks for 503',
    given: ({ ses }) => control(ses.url, 'PUT', 'faults', { status: 503 }),
    name: 'ServiceUnavailableException',
    status: 503,
    message: /again/,
  },
  { when: 'there are 51 recipients', to: many(51), message: /exceeds 50/, ...bad },
  { when: 'there is no recipient', to: [], message: /no recipients/, ...bad },
  { when: 'an address lacks its domain', to: 'ada', message: /Missing final '@domain'/, ...bad },
  {
    when: 'an address holds a line break',
    to: 'a@b.example\r\nBcc: c@d.example',
    message: /control/,
    ...bad,
  },
  { when: 'a local part is not ASCII', to: 'jürgen@example.org', message: /non-ASCII/, ...bad },
  { when: 'a domain is not punycode', to: 'ada@müller.example', message: /punycode/, ...bad },
  { when: 'a domain has an empty label', to: 'ada@example..org', message: /Domain/, ...bad },
  { when: 'a local part has two dots', to: 'a..b@example.org', message: /Local/, ...bad },
  {
    when: 'a display name is not encoded',
    to: 'Jürgen <j@example.org>',
    message: /not encoded/,
    ...bad,
  },
  {
    when: 'a display name holds a comma',
    to: 'Doe, J <j@example.org>',
    message: /display name/,
    ...bad,
  },
  {
    when: 'two addresses stand in one',
    to: 'a@example.org, b@example.org',
    message: /Local/,
    ...bad,
  },
  {
    when: 'the sender is ill-formed',
    mail: { FromEmailAddress: 'news' },
    message: /@domain/,
    ...bad,
  },
  {
    when: 'a reply address is ill-formed',
    mail: { ReplyToAddresses: ['x'] },
    message: /@domain/,
    ...bad,
  },
  { when: 'there is no content', mail: { Content: {} }, message: /Simple/, ...bad },
  { when: 'the body is empty', mail: withContent({ Body: {} }), message: /neither/, ...bad },
  {
    when: 'the subject holds a line break',
    mail: withContent({ Subject: { Data: 'a\r\nBcc: b@c.example' } }),
    message: /subject/,
    ...bad,
  },
  {
    when: 'text is not ASCII and names no charset',
    mail: withContent({ Subject: { Data: 'Grüße' } }),
    message: /Charset/,
    ...bad,
  },
  {
    when: 'a header name holds a line break',
    mail: withContent({ Headers: [{ Name: 'X\r\nBcc', Value: 'v' }] }),
    message: /header name/,
    ...bad,
  },
  {
    when: 'a header value holds a line break',
    mail: withContent({ Headers: [{ Name: 'X-A', Value: 'v\nBcc: b@c.example' }] }),
    message: /X-A/,
    ...bad,
  },
  {
    when: 'a header is one of the envelope',
    mail: withContent({ Headers: [{ Name: 'Bcc', Value: 'b@c.example' }] }),
    message: /Bcc cannot be set/,
    ...bad,
  },
  {
    when: 'a tag value leaves the alphabet',
    mail: { EmailTags: [{ Name: 'kind', Value: 'a b' }] },
    message: /tag "a b"/,
    ...bad,
  },
  {
    when: 'a tag value is too long',
    mail: { EmailTags: [{ Name: 'kind', Value: 'a'.repeat(257) }] },
    message: /tag/,
    ...bad,
  },
  {
    when: 'the message is over 40 MB',
    mail: withContent({
      Attachments: [{ FileName: 'a.bin', RawContent: new Uint8Array(32 * 1024 * 1024) }],
    }),
    message: /more than 41943040 bytes/,
    ...bad,
  },
];
