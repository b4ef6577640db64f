import * as v from 'valibot';
import { environment } from '../value/environment.ts';
import { hexId } from '../value/id.ts';
import { instant } from '../value/time.ts';
import { type Email, possibleDuplicate } from './email.ts';
import { failureOf } from './failure.ts';
import { EMAIL_STATUSES, recipientStates, statusOf } from './status.ts';
import { TIMELINE_TYPES, timelineOf } from './timeline.ts';

const status = v.picklist(EMAIL_STATUSES);
/** As it was sent: a string stays a string, an array an array. */
const oneOrMore = v.union([v.string(), v.array(v.string())]);

const accepted = {
  id: hexId,
  from: v.string(),
  to: oneOrMore,
  subject: v.string(),
  createdAt: instant,
};

/** The 202's body. */
export const acceptedSchema = v.pipe(
  v.strictObject({ ...accepted, status: v.literal('queued') }),
  v.title('AcceptedEmail'),
);

const recipient = v.strictObject({
  address: v.string(),
  status,
  bounceType: v.optional(v.string()),
  bounceSubType: v.optional(v.string()),
});

const event = v.strictObject({
  type: v.picklist(TIMELINE_TYPES),
  recipient: v.nullable(v.string()),
  timestamp: instant,
  message: v.optional(v.string()),
});

/** An email as its account sees it. */
export const emailSchema = v.pipe(
  v.strictObject({
    ...accepted,
    status,
    environment,
    cc: v.array(v.string()),
    bcc: v.array(v.string()),
    replyTo: v.nullable(oneOrMore),
    tags: v.array(v.string()),
    recipients: v.array(recipient),
    events: v.array(event),
    failure: v.nullable(v.strictObject({ code: v.string(), message: v.string() })),
    possibleDuplicate: v.boolean(),
  }),
  v.title('Email'),
);

/** The 202's body; docs/api.md fixes the keys and their order. */
export function acceptedView(email: Email): v.InferOutput<typeof acceptedSchema> {
  const { id, from, to, subject, createdAt } = email;
  return { id, status: 'queued', from, to, subject, createdAt };
}

/** An email as `GET /api/v1/emails/{id}` and the list show it. */
export function emailView(email: Email): v.InferOutput<typeof emailSchema> {
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
