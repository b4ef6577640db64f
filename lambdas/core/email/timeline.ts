import type { Reason } from '../value/reason.ts';
import type { Email, Fact, Words } from './email.ts';
import { encodeFact } from './fact.ts';
import { givenUp, rejectionReason } from './failure.ts';
import { recipientsOf } from './send-request.ts';

/** One entry of the time line; `message` says why, where there is a why. */
export type TimelineEntry = {
  readonly type: string;
  /** The address it is about; null for all. */
  readonly recipient: string | null;
  readonly timestamp: string;
  readonly message?: string;
};

/** The order of facts of one moment. */
const ORDER: readonly Fact['type'][] = [
  'sent',
  'delivery_delayed',
  'delivered',
  'bounced',
  'complained',
  'rejected',
];

const joined = (kind: string, text: string | undefined) => (text ? `${kind}: ${text}` : kind);

/** SES's words for people; undefined where it said nothing beyond the kind of fact. */
function messageOf(words: Words): string | undefined {
  switch (words.type) {
    case 'bounced':
      return joined(`${words.bounceType} bounce, ${words.bounceSubType}`, words.diagnostic);
    case 'complained': {
      const kind = words.feedbackType;
      const doubt = `SES named ${words.suspects} recipients, one of whom complained`;
      return words.suspects > 1 ? joined(doubt, kind) : kind;
    }
    case 'delivery_delayed':
      return joined(words.delayType, words.diagnostic);
    case 'rejected':
      return rejectionReason(words).message;
    default:
      return undefined;
  }
}

function dated(type: string, reason: (Reason & { at: string }) | undefined): TimelineEntry[] {
  return reason ? [{ type, recipient: null, timestamp: reason.at, message: reason.message }] : [];
}

function sentEntries(email: Email): TimelineEntry[] {
  const reported = email.facts.some((fact) => fact.type === 'sent');
  return !reported && email.takenAt
    ? [{ type: 'sent', recipient: null, timestamp: email.takenAt }]
    : [];
}

function reportedEntries(email: Email): TimelineEntry[] {
  const addresses = recipientsOf(email).map(({ address }) => address);
  const ranked = email.facts.map((fact) => ({
    fact,
    rank: `${ORDER.indexOf(fact.type)}${encodeFact(fact)}`,
  }));
  return ranked
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ fact }) => {
      const message = messageOf(fact);
      return {
        type: fact.type,
        recipient: fact.recipient === undefined ? null : (addresses[fact.recipient] ?? null),
        timestamp: fact.at,
        ...(message ? { message } : {}),
      };
    });
}

/** Everything that happened to an email, oldest first; from the set of facts, whatever their order. */
export function timelineOf(email: Email): TimelineEntry[] {
  const entries: TimelineEntry[] = [
    { type: 'queued', recipient: null, timestamp: email.createdAt },
    ...dated('deferred', email.deferred),
    ...sentEntries(email),
    ...reportedEntries(email),
    ...dated('failed', givenUp(email)),
  ];
  // ISO 8601 of one zone sorts as text; sort is stable, so equal moments keep the order of the pipeline.
  return entries.sort((a, b) =>
    a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : 0,
  );
}
