import type { Email } from '../../../lambdas/core/email/email.ts';
import { NOW } from './fakes.ts';

/** A moment so many seconds after the tests' email was accepted. */
export const at = (seconds: number) => new Date(NOW + seconds * 1000).toISOString();

/** An event as SES publishes it; `any` fields, because tests also break them. */
export type RawEvent = { eventType: string; mail: Record<string, unknown> } & Record<
  string,
  unknown
>;

/** The `mail` object with all the fields that SES's documentation lists. */
function mailObject(email: Email) {
  return {
    timestamp: at(1),
    source: 'shop@example.com',
    sourceArn: 'arn:aws:ses:eu-west-1:123456789012:identity/example.com',
    sendingAccountId: '123456789012',
    messageId: '0102018c-made-up-000000',
    destination: ['ada@example.org'],
    headersTruncated: false,
    headers: [{ name: 'Subject', value: 'Hello' }],
    commonHeaders: { from: ['shop@example.com'], to: ['ada@example.org'], subject: 'Hello' },
    tags: {
      'ses:operation': ['SendEmail'],
      'ses:configuration-set': ['maillayer'],
      'ses:source-ip': ['192.0.2.1'],
      'ses:from-domain': ['example.com'],
      'ses:caller-identity': ['deliver-email'],
      'ml-account': [email.account],
      'ml-email': [email.id],
      'ml-nonce': [email.nonce],
      'ml-attempt': ['1'],
      'ml-environment': [email.environment],
    },
  };
}

const reportingMTA = 'dsn; a1-2.smtp-out.eu-west-1.amazonses.com';

/** What may be chosen of a bounce. */
type BounceKind = { type?: string; subType?: string; diagnostic?: string };

/** SES's seven events about an email, each with all the fields that its documentation lists. */
export function sesEvents(email: Email) {
  const event = (eventType: string, rest: object): RawEvent =>
    structuredClone({ eventType, mail: mailObject(email), ...rest });
  return {
    send: () => event('Send', { send: {} }),
    delivery: (recipients: string[], timestamp = at(3)) =>
      event('Delivery', {
        delivery: {
          timestamp,
          processingTimeMillis: 1200,
          recipients,
          smtpResponse: '250 2.0.0 OK',
          reportingMTA: 'a1-2.smtp-out.eu-west-1.amazonses.com',
          remoteMtaIp: '198.51.100.7',
        },
      }),
    bounce: (addresses: string[], kind: BounceKind = {}, timestamp = at(4)) => {
      const { type = 'Permanent', subType = 'General' } = kind;
      const diagnosticCode = kind.diagnostic ?? 'smtp; 550 5.1.1 user unknown';
      const recipient = { action: 'failed', status: '5.1.1', diagnosticCode };
      return event('Bounce', {
        bounce: {
          bounceType: type,
          bounceSubType: subType,
          bouncedRecipients: addresses.map((emailAddress) => ({ emailAddress, ...recipient })),
          timestamp,
          feedbackId: '0102018c-made-up-feedback-000000',
          reportingMTA,
        },
      });
    },
    complaint: (addresses: string[], timestamp = at(60)) =>
      event('Complaint', {
        complaint: {
          complainedRecipients: addresses.map((emailAddress) => ({ emailAddress })),
          timestamp,
          feedbackId: '0102018c-made-up-feedback-000000',
          complaintSubType: null,
          userAgent: 'A mailbox provider',
          complaintFeedbackType: 'abuse',
          arrivalDate: at(50),
        },
      }),
    delay: (addresses: string[], timestamp = at(2)) =>
      event('DeliveryDelay', {
        deliveryDelay: {
          timestamp,
          delayType: 'MailboxFull',
          expirationTime: at(50_000),
          delayedRecipients: addresses.map((emailAddress) => ({
            emailAddress,
            status: '4.2.2',
            diagnosticCode: 'smtp; 452 4.2.2 mailbox full',
          })),
          reportingMTA,
        },
      }),
    reject: () => event('Reject', { reject: { reason: 'Bad content' } }),
    renderingFailure: () =>
      event('Rendering Failure', {
        failure: { errorMessage: "Attribute 'name' is not present.", templateName: 'Receipt' },
      }),
  };
}
