import { eventOf, stepsOf } from '../../lambdas/core/email/events/outcomes.ts';
import { rejected } from '../../lambdas/core/email/events/rejected.ts';
import { sent } from '../../lambdas/core/email/events/sent.ts';
import type { Mail, NameValue } from './mail.ts';
import { outcomeOf } from './outcomes.ts';
import { mailHeaders } from './source.ts';

/** Where and as whom this SES answers. */
export type Sender = {
  readonly region: string;
  /** Name of the verified identity that the mail went out under. */
  readonly identity: string;
};

export type SesEvent = {
  /** SES's name: `Send`, `Delivery`, `Bounce`, `Complaint`, `DeliveryDelay`, `Reject`, … */
  readonly type: string;
  /** When it happens, ms since the epoch. */
  readonly at: number;
  /** The JSON that SES puts on SNS. */
  readonly message: string;
};

export const LOCAL_ACCOUNT_ID = '000000000000';

/** SES lists headers up to this size in all and then says `headersTruncated`. */
const HEADER_BYTES = 10 * 1024;

/** Everything that SES would tell about an accepted mail, in order of time. */
export function eventsOf(mail: Mail, sender: Sender): readonly SesEvent[] {
  const shared = mailObject(mail, sender);
  const happened = [
    ...stepsOf(sent).map((step) => ({ step, recipient: '', index: 0 })),
    ...outcomes(mail),
  ];
  const events = happened.map(({ step: { kind, after }, recipient, index, ...rest }) => {
    const at = Date.parse(mail.receivedAt) + after;
    const said = eventOf(kind, {
      address: recipient,
      // Mail providers do not say who complained: SES names everyone at that domain.
      suspects: mail.recipients.filter((other) => isAtDomainOf(recipient, other)),
      at: new Date(at).toISOString(),
      after,
      feedbackId: `${mail.id.replace(/-0{6}$/, '')}-${String(index).padStart(6, '0')}`,
      ...rest,
    });
    return {
      type: kind.reports[0].eventType,
      at,
      message: JSON.stringify({ ...said, mail: shared }),
    };
  });
  return events.sort((a, b) => a.at - b.at);
}

/** What happens to each recipient; SES rejects a mail whole, and then nothing else happens to it. */
function outcomes(mail: Mail) {
  const happened = mail.recipients.flatMap((recipient, index) => {
    const { steps, ...rest } = outcomeOf(splitAddress(recipient));
    return steps.map((step) => ({ step, recipient, index, ...rest }));
  });
  const rejection = happened.find(({ step }) => step.kind === rejected);
  return rejection === undefined ? happened : [rejection];
}

const isAtDomainOf = (address: string, other: string) =>
  splitAddress(address).domain === splitAddress(other).domain;

function mailObject(mail: Mail, { region, identity }: Sender) {
  const { headers, headersTruncated } = truncate(mailHeaders(mail));
  return {
    timestamp: mail.receivedAt,
    source: mail.from,
    sourceArn: `arn:aws:ses:${region}:${LOCAL_ACCOUNT_ID}:identity/${identity}`,
    sendingAccountId: LOCAL_ACCOUNT_ID,
    messageId: mail.id,
    destination: mail.recipients,
    headersTruncated,
    headers,
    commonHeaders: {
      from: [mail.from],
      ...(mail.replyTo.length > 0 ? { replyTo: mail.replyTo } : {}),
      ...(mail.to.length > 0 ? { to: mail.to } : {}),
      ...(mail.cc.length > 0 ? { cc: mail.cc } : {}),
      messageId: mail.id,
      subject: mail.subject,
    },
    tags: eventTags(mail),
  };
}

function eventTags(mail: Mail): Readonly<Record<string, readonly string[]>> {
  const own = Object.entries(mail.tags).map(([name, value]) => [name, [value]] as const);
  const sender = /<([^<>]*)>\s*$/.exec(mail.from)?.[1] ?? mail.from;
  return {
    'ses:operation': ['SendEmail'],
    'ses:configuration-set': mail.configurationSet === null ? [] : [mail.configurationSet],
    'ses:source-ip': ['127.0.0.1'],
    'ses:from-domain': [splitAddress(sender).domain],
    'ses:caller-identity': ['local'],
    ...Object.fromEntries(own),
  };
}

function truncate(all: readonly NameValue[]) {
  let room = HEADER_BYTES;
  const headers = all.filter(({ name, value }) => {
    room -= name.length + value.length;
    return room >= 0;
  });
  return { headers, headersTruncated: headers.length < all.length };
}

function splitAddress(bare: string) {
  const at = bare.lastIndexOf('@');
  return { local: bare.slice(0, at), domain: bare.slice(at + 1).toLowerCase() };
}
