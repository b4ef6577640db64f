import { type Email, possibleDuplicate } from './email.ts';
import { failureOf } from './failure.ts';
import { recipientStates, statusOf } from './status.ts';
import { timelineOf } from './timeline.ts';

/** The 202's body; keys and their order are the contract's. */
export function acceptedView(email: Email) {
  const { id, from, to, subject, createdAt } = email;
  return { id, status: 'queued', from, to, subject, createdAt };
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
    events: timelineOf(email),
    failure: failureOf(email),
    possibleDuplicate: possibleDuplicate(email),
  };
}
