import * as v from 'valibot';
import { EVENT_TAGS, GAVE_UP } from '../contract/messages.ts';
import type { EmailRef } from './email-store.ts';

/** Bytes of a server's answer that are kept, as JSON. */
export const FACT_TEXT = 200;
/** Bytes of a name that SES gives to a kind of bounce, complaint or delay; its longest today has 29. */
const FACT_NAME = 40;
/** The longest recipient that SES documents. */
const ADDRESS_LENGTH = 320;

/** The beginning of a text that takes so many bytes as JSON, in whole characters. */
function clip(text: string, bytes: number): string {
  let left = bytes;
  let clipped = '';
  for (const character of text.slice(0, bytes).toWellFormed()) {
    left -= Buffer.byteLength(JSON.stringify(character)) - '""'.length;
    if (left < 0) break;
    clipped += character;
  }
  return clipped;
}

/** Absent where it is missing or nothing that can be used: no such field is worth losing an event for. */
function optional<Schema extends v.GenericSchema>(schema: Schema) {
  return v.fallback(v.optional(schema), undefined);
}

const textOf = (bytes: number) =>
  v.pipe(
    v.string(),
    v.transform((text) => clip(text, bytes)),
  );
const text = optional(textOf(FACT_TEXT));
const name = optional(textOf(FACT_NAME));

/** Of this century: a time far away would make a webhook id of another form. */
const ISO_TIME = /^20\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;
const time = optional(
  v.pipe(
    v.string(),
    v.regex(ISO_TIME),
    v.check((given) => !Number.isNaN(Date.parse(given))),
    v.transform((given) => new Date(given).toISOString()),
  ),
);

const address = v.pipe(
  v.string(),
  v.transform((given) => given.toWellFormed().trim()),
  v.nonEmpty(),
  v.maxLength(ADDRESS_LENGTH),
);
const named = v.pipe(
  v.array(v.object({ emailAddress: address, diagnosticCode: text })),
  v.nonEmpty(),
);

/** SES gives a tag's values as an array, and we send one value of each. */
const tag = v.pipe(
  v.array(v.unknown()),
  v.transform(([value]) => value),
);
const id = v.pipe(tag, v.string(), v.regex(/^[0-9a-f]{24}$/));

const mail = v.object({
  timestamp: time,
  tags: v.object({
    [EVENT_TAGS.account]: id,
    [EVENT_TAGS.email]: id,
    [EVENT_TAGS.nonce]: id,
    [EVENT_TAGS.environment]: optional(v.pipe(tag, v.picklist(['live', 'test']))),
  }),
});

/**
 * An event as SES publishes it to a configuration set's SNS destination, as far as it is used, and our own
 * `GAVE_UP` of the same form. Type, our tags and the recipients must be there; all else may be missing or
 * wrong, and unknown fields are ignored.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
export const sesEventSchema = v.variant('eventType', [
  v.object({ eventType: v.picklist(['Send', GAVE_UP]), mail }),
  v.object({
    eventType: v.literal('Delivery'),
    mail,
    delivery: v.object({ timestamp: time, recipients: v.pipe(v.array(address), v.nonEmpty()) }),
  }),
  v.object({
    eventType: v.literal('Bounce'),
    mail,
    bounce: v.object({
      timestamp: time,
      bounceType: name,
      bounceSubType: name,
      bouncedRecipients: named,
    }),
  }),
  v.object({
    eventType: v.literal('Complaint'),
    mail,
    complaint: v.object({
      timestamp: time,
      complaintSubType: name,
      complaintFeedbackType: name,
      complainedRecipients: named,
    }),
  }),
  v.object({
    eventType: v.literal('DeliveryDelay'),
    mail,
    deliveryDelay: v.object({ timestamp: time, delayType: name, delayedRecipients: named }),
  }),
  v.object({
    eventType: v.literal('Reject'),
    mail,
    reject: optional(v.object({ reason: text })),
  }),
  v.object({
    eventType: v.literal('Rendering Failure'),
    mail,
    failure: optional(v.object({ errorMessage: text })),
  }),
]);
export type SesEvent = v.InferOutput<typeof sesEventSchema>;

/** Which email the event is about, by the tags that were sent with it. */
export function emailOf({ mail: { tags } }: SesEvent): EmailRef {
  return {
    account: tags[EVENT_TAGS.account],
    id: tags[EVENT_TAGS.email],
    nonce: tags[EVENT_TAGS.nonce],
  };
}
