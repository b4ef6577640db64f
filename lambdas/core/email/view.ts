import { type Email, possibleDuplicate, type Reason } from './email.ts';
import { recipientsOf } from './send-request.ts';
import { recipientStates, statusOf } from './status.ts';

/** One entry of the time line; `message` says why, where there is a why. */
export type TimelineEntry = {
  readonly type: string;
  /** The address it is about; null for all. */
  readonly recipient: string | null;
  readonly timestamp: string;
  readonly message?: string;
};

/** The 202's body; keys and their order are the contract's. */
export function acceptedView(email: Email) {
  const { id, from, to, subject, createdAt } = email;
  return { id, status: 'queued', from, to, subject, createdAt };
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

function timeline(email: Email): TimelineEntry[] {
  const addresses = recipientsOf(email).map(({ address }) => address);
  const reported = email.facts.map((fact) => ({
    type: fact.type,
    recipient: fact.recipient === undefined ? null : (addresses[fact.recipient] ?? null),
    timestamp: fact.at,
  }));
  const failed = email.taken ? [] : dated('failed', email.failure);
  const entries: TimelineEntry[] = [
    { type: 'queued', recipient: null, timestamp: email.createdAt },
    ...dated('deferred', email.deferred),
    ...sentEntries(email),
    ...reported,
    ...failed,
  ];
  // ISO 8601 of one zone sorts as text; sort is stable, so equal moments keep the order of the pipeline.
  return entries.sort((a, b) =>
    a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : 0,
  );
}

function failureOf(email: Email): Reason | null {
  if (email.taken || email.phase !== 'failed' || !email.failure) return null;
  return { code: email.failure.code, message: email.failure.message };
}

/** An email as `GET /api/v1/emails/{id}` and the list show it. */
export function emailView(email: Email) {
  return {
    ...acceptedView(email),
    status: statusOf(email),
    environment: email.environment,
    cc: email.cc ?? [],
    bcc: email.bcc ?? [],
    replyTo: email.replyTo ?? null,
    tags: email.tags ?? [],
    recipients: recipientStates(email),
    events: timeline(email),
    failure: failureOf(email),
    possibleDuplicate: possibleDuplicate(email),
  };
}
