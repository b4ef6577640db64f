import type { WebhookMessage } from '../contract/messages.ts';
import type { Email, Fact } from '../email/email.ts';
import { kindOf } from '../email/events/kinds.ts';
import { wordsOf } from '../email/fact.ts';
import { givenUp } from '../email/failure.ts';
import { recipientsOf } from '../email/send-request.ts';
import { deliveryId } from '../value/id.ts';
import type { Reason } from '../value/reason.ts';
import { type Endpoint, listeners, type WebhookEvent } from './endpoint.ts';

/** Something that endpoints may be told: one event about one recipient. */
export type EmailWebhook = {
  readonly event: WebhookEvent;
  /** When it happened, ISO 8601. */
  readonly at: string;
  /** The body of docs/api.md, "Events", with its keys in that order. */
  readonly body: object;
  /** All that tells it from others, besides its time. */
  readonly identity: readonly unknown[];
};

/** The body that most events have. */
function commonBody(event: WebhookEvent, email: Email, to: string, timestamp: string) {
  return { event, emailId: email.id, to, from: email.from, subject: email.subject, timestamp };
}

/** What facts have to say to endpoints: one webhook for each, and each recipient that it is about. */
export function webhooksOf(email: Email, facts: readonly Fact[]): EmailWebhook[] {
  const recipients = recipientsOf(email);
  return facts.flatMap((fact) => {
    const { webhook } = kindOf(fact.type);
    const about = recipients.filter((_, i) => fact.recipient === undefined || fact.recipient === i);
    return about.map(({ address, key }) => {
      const common = commonBody(webhook.event, email, address, fact.at);
      return {
        event: webhook.event,
        at: fact.at,
        body: webhook.body?.(common, fact) ?? common,
        identity: [email.id, webhook.event, key, ...wordsOf(fact)],
      };
    });
  });
}

/** What there is to say of an email that we gave up, for each recipient; nothing where SES had it after all. */
export function failureWebhooks(email: Email): EmailWebhook[] {
  const given = givenUp(email);
  if (!given) return [];
  const event = 'email.failed';
  const failure: Reason = { code: given.code, message: given.message };
  return recipientsOf(email).map(({ address, key }) => ({
    event,
    at: given.at,
    body: { ...commonBody(event, email, address, given.at), failure },
    identity: [email.id, event, key, given.code],
  }));
}

/** One message for each webhook and each endpoint that wants it; the same ones again for the same input. */
export function messagesOf(
  { account, id: emailId, environment }: Email,
  webhooks: readonly EmailWebhook[],
  endpoints: readonly Endpoint[],
): WebhookMessage[] {
  return webhooks.flatMap(({ event: type, at, body, identity }) =>
    listeners(endpoints, type, environment).map(({ id: endpoint }) => ({
      account,
      endpoint,
      id: deliveryId(at, endpoint, identity),
      event: { type, emailId, environment, body: JSON.stringify(body) },
    })),
  );
}
