import { GAVE_UP } from '../contract/messages.ts';
import { parseMailbox } from '../value/address.ts';
import type { Email, Fact, Words } from './email.ts';
import { recipientsOf } from './send-request.ts';
import type { SesEvent } from './ses-event.ts';

/** What SES uses itself where it cannot tell the kind of a bounce or a delay. */
const UNKNOWN_KIND = 'Undetermined';

/** One thing that an event says: about one address (as {@link addressKey} spells it), or about all recipients. */
type Statement = { readonly address?: string; readonly words: Words };

/** What two spellings of an address share; of one that we cannot read, its text in lower case. */
function addressKey(address: string): string {
  const parsed = parseMailbox(address);
  return 'mailbox' in parsed ? parsed.mailbox.key : address.toLowerCase();
}

/** The distinct addresses that an event names, normalised, in its order; none where it is about all. */
export function addressesOf(event: SesEvent): string[] {
  const named = () => {
    switch (event.eventType) {
      case 'Delivery':
        return event.delivery.recipients;
      case 'Bounce':
        return event.bounce.bouncedRecipients.map((each) => each.emailAddress);
      case 'Complaint':
        return event.complaint.complainedRecipients.map((each) => each.emailAddress);
      case 'DeliveryDelay':
        return event.deliveryDelay.delayedRecipients.map((each) => each.emailAddress);
      default:
        return [];
    }
  };
  return [...new Set(named().map(addressKey))];
}

/** When it happened: by the event's own time, else that of the mail; absent where neither can be read. */
export function timeOf(event: SesEvent): string | undefined {
  switch (event.eventType) {
    case 'Delivery':
      return event.delivery.timestamp ?? event.mail.timestamp;
    case 'Bounce':
      return event.bounce.timestamp ?? event.mail.timestamp;
    case 'Complaint':
      return event.complaint.timestamp ?? event.mail.timestamp;
    case 'DeliveryDelay':
      return event.deliveryDelay.timestamp ?? event.mail.timestamp;
    default:
      return event.mail.timestamp;
  }
}

type Named = { readonly emailAddress: string; readonly diagnosticCode?: string | undefined };

const diagnosticOf = ({ diagnosticCode }: Named) =>
  diagnosticCode === undefined ? {} : { diagnostic: diagnosticCode };

const each = (named: readonly Named[], words: (one: Named) => Words): Statement[] =>
  named.map((one) => ({ address: addressKey(one.emailAddress), words: words(one) }));

function complaintWords(event: Extract<SesEvent, { eventType: 'Complaint' }>): Words {
  const { complaintFeedbackType } = event.complaint;
  const feedback =
    complaintFeedbackType === undefined ? {} : { feedbackType: complaintFeedbackType };
  return { type: 'complained', ...feedback, suspects: addressesOf(event).length };
}

function statementsOf(event: SesEvent): Statement[] {
  switch (event.eventType) {
    case 'Send':
      return [{ words: { type: 'sent' } }];
    case 'Delivery':
      return event.delivery.recipients.map((address) => ({
        address: addressKey(address),
        words: { type: 'delivered' },
      }));
    case 'Bounce': {
      const { bounceType = UNKNOWN_KIND, bounceSubType = UNKNOWN_KIND } = event.bounce;
      return each(event.bounce.bouncedRecipients, (one) => ({
        type: 'bounced',
        bounceType,
        bounceSubType,
        ...diagnosticOf(one),
      }));
    }
    case 'Complaint':
      return each(event.complaint.complainedRecipients, () => complaintWords(event));
    case 'DeliveryDelay': {
      const { delayType = UNKNOWN_KIND } = event.deliveryDelay;
      return each(event.deliveryDelay.delayedRecipients, (one) => ({
        type: 'delivery_delayed',
        delayType,
        ...diagnosticOf(one),
      }));
    }
    case 'Reject':
      return [{ words: { type: 'rejected', reason: event.reject?.reason ?? 'no reason given' } }];
    case 'Rendering Failure':
      return [
        { words: { type: 'rejected', reason: event.failure?.errorMessage ?? 'rendering failed' } },
      ];
    case GAVE_UP:
      return [];
  }
}

/**
 * What the event says of the email: one fact for each recipient that it names, or one about all. Those
 * that the email does not have are counted as `strangers`.
 */
export function factsOf(event: SesEvent, email: Email): { facts: Fact[]; strangers: number } {
  const at = timeOf(event) ?? email.createdAt;
  const indexes = new Map(recipientsOf(email).map(({ key }, index) => [key, index]));
  const facts = new Map<number | undefined, Fact>();
  for (const { address, words } of statementsOf(event)) {
    const recipient = address === undefined ? undefined : indexes.get(address);
    if (address !== undefined && recipient === undefined) continue;
    if (facts.has(recipient)) continue;
    facts.set(recipient, { ...words, ...(recipient === undefined ? {} : { recipient }), at });
  }
  const strangers = addressesOf(event).filter((address) => !indexes.has(address)).length;
  return { facts: [...facts.values()], strangers };
}
