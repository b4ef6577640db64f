import type { Mail, NameValue } from './mail.ts';
import { outcomeOf, type Step } from './outcomes.ts';
import { mailHeaders } from './source.ts';

/** Where and as whom this SES answers. */
export type Sender = {
  readonly region: string;
  /** Name of the verified identity that the mail went out under. */
  readonly identity: string;
};

export type SesEvent = {
  /** SES's name: `Send`, `Delivery`, `Bounce`, `Complaint`, `DeliveryDelay`, `Reject`. */
  readonly type: 'Send' | Step['event'];
  /** When it happens, ms since the epoch. */
  readonly at: number;
  /** The JSON that SES puts on SNS. */
  readonly message: string;
};

export const LOCAL_ACCOUNT_ID = '000000000000';

/** SES lists headers up to this size in all and then says `headersTruncated`. */
const HEADER_BYTES = 10 * 1024;
/** RFC 5321 §4.5.4.1: a sender gives up after 4 to 5 days; SES tries for 14 hours. */
const DELAY_EXPIRES_MS = 14 * 60 * 60 * 1000;
const REPORTING_MTA = 'a1-1.smtp-out.local';

/** Everything that SES would tell about an accepted mail, in order of time. */
export function eventsOf(mail: Mail, sender: Sender): readonly SesEvent[] {
  const sentAt = Date.parse(mail.receivedAt);
  const shared = mailObject(mail, sender);
  const event = (type: SesEvent['type'], at: number, rest: object): SesEvent => ({
    type,
    at,
    message: JSON.stringify({ eventType: type, mail: shared, ...rest }),
  });
  const outcomes = stepsOf(mail).map(({ step, ...whose }) => {
    const at = sentAt + step.afterMs;
    return event(step.event, at, detail(step, { mail, at, ...whose }));
  });
  return [event('Send', sentAt, { send: {} }), ...outcomes].sort((a, b) => a.at - b.at);
}

/** What happens to each recipient; SES rejects a mail whole, and then nothing else happens to it. */
function stepsOf(mail: Mail) {
  const steps = mail.recipients.flatMap((recipient, feedback) =>
    outcomeOf(splitAddress(recipient)).map((step) => ({ step, recipient, feedback })),
  );
  const rejection = steps.find(({ step }) => step.event === 'Reject');
  return rejection === undefined ? steps : [rejection];
}

type Circumstance = {
  readonly mail: Mail;
  readonly recipient: string;
  readonly at: number;
  readonly feedback: number;
};

function detail(step: Step, circumstance: Circumstance): object {
  const { mail, recipient, at } = circumstance;
  const timestamp = new Date(at).toISOString();
  switch (step.event) {
    case 'Delivery': {
      const delivery = {
        timestamp,
        processingTimeMillis: step.afterMs,
        recipients: [recipient],
        smtpResponse: '250 2.0.0 Accepted by the local SES',
        remoteMtaIp: '127.0.0.1',
        reportingMTA: REPORTING_MTA,
      };
      return { delivery };
    }
    case 'DeliveryDelay': {
      const delayedRecipients = [
        {
          emailAddress: recipient,
          status: '4.4.1',
          diagnosticCode: 'smtp; 421 4.4.1 The server of the recipient did not answer',
        },
      ];
      const expirationTime = new Date(at + DELAY_EXPIRES_MS).toISOString();
      const delayType = 'TransientCommunicationFailure';
      return { deliveryDelay: { timestamp, delayType, expirationTime, delayedRecipients } };
    }
    case 'Reject':
      return { reject: { reason: 'Bad content' } };
    case 'Bounce':
      return { bounce: { ...bounce(step.subType, recipient), ...feedback(circumstance) } };
    case 'Complaint': {
      const domain = splitAddress(recipient).domain;
      // Mail providers do not say who complained: SES names everyone at that domain.
      const suspects = mail.recipients.filter((other) => splitAddress(other).domain === domain);
      const complaint = {
        ...feedback(circumstance),
        complainedRecipients: suspects.map((emailAddress) => ({ emailAddress })),
        complaintSubType: null,
        userAgent: 'Maillayer local SES',
        complaintFeedbackType: 'abuse',
        arrivalDate: timestamp,
      };
      return { complaint };
    }
  }
}

function bounce(bounceSubType: 'General' | 'Suppressed', emailAddress: string) {
  const diagnosticCode =
    bounceSubType === 'Suppressed'
      ? 'smtp; 550 5.1.1 The address is on the suppression list of SES'
      : 'smtp; 550 5.1.1 user unknown';
  return {
    bounceType: 'Permanent',
    bounceSubType,
    bouncedRecipients: [{ emailAddress, action: 'failed', status: '5.1.1', diagnosticCode }],
    reportingMTA: `dns; ${REPORTING_MTA}`,
  };
}

function feedback({ mail, at, feedback: n }: Circumstance) {
  return {
    timestamp: new Date(at).toISOString(),
    feedbackId: `${mail.id.replace(/-0{6}$/, '')}-${String(n).padStart(6, '0')}`,
  };
}

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
