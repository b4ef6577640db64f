import type { Reason } from '../value/reason.ts';
import type { Email } from './email.ts';
import { KINDS, kindOf } from './events/kinds.ts';
import { encodeFact } from './fact.ts';
import { givenUp } from './failure.ts';
import { recipientsOf } from './send-request.ts';

/** What an entry of the time line can be: a step of ours, or a kind of event. */
export const TIMELINE_TYPES = [
  'queued',
  'waiting',
  'deferred',
  ...KINDS.map(({ type }) => type),
  'failed',
] as const;
type TimelineType = (typeof TIMELINE_TYPES)[number];

/** One entry of the time line; `message` says why, where there is a why. */
export type TimelineEntry = {
  readonly type: TimelineType;
  /** The address it is about; null for all. */
  readonly recipient: string | null;
  readonly timestamp: string;
  readonly message?: string;
};

function dated(type: TimelineType, reason: (Reason & { at: string }) | undefined): TimelineEntry[] {
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
    order: TIMELINE_TYPES.indexOf(fact.type),
    text: encodeFact(fact),
  }));
  return ranked
    .sort((a, b) => a.order - b.order || (a.text < b.text ? -1 : 1))
    .map(({ fact }) => {
      const message = kindOf(fact.type).message?.(fact);
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
