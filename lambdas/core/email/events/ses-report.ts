import * as v from 'valibot';
import { EVENT_TAGS } from '../../contract/messages.ts';

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
export function optional<Schema extends v.GenericSchema>(schema: Schema) {
  return v.fallback(v.optional(schema), undefined);
}

const textOf = (bytes: number) =>
  v.pipe(
    v.string(),
    v.transform((text) => clip(text, bytes)),
  );
/** Words of a mail server. */
export const text = optional(textOf(FACT_TEXT));
/** SES's name for a kind of something. */
export const name = optional(textOf(FACT_NAME));

/** Of this century: a time far away would make a webhook id of another form. */
const ISO_TIME = /^20\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;
/** When something happened: ISO 8601, UTC, milliseconds. */
export const time = optional(
  v.pipe(
    v.string(),
    v.regex(ISO_TIME),
    v.check((given) => !Number.isNaN(Date.parse(given))),
    v.transform((given) => new Date(given).toISOString()),
  ),
);

/** A recipient, however it is spelled. */
export const address = v.pipe(
  v.string(),
  v.transform((given) => given.toWellFormed().trim()),
  v.nonEmpty(),
  v.maxLength(ADDRESS_LENGTH),
);
/** Recipients with what their mail server said. */
export const named = v.pipe(
  v.array(v.object({ emailAddress: address, diagnosticCode: text })),
  v.nonEmpty(),
);

/** SES gives a tag's values as an array, and we send one value of each. */
const tag = v.pipe(
  v.array(v.unknown()),
  v.transform(([value]) => value),
);
const id = v.pipe(tag, v.string(), v.regex(/^[0-9a-f]{24}$/));

/** The email that an event is about. */
export const mail = v.object({
  timestamp: time,
  tags: v.object({
    [EVENT_TAGS.account]: id,
    [EVENT_TAGS.email]: id,
    [EVENT_TAGS.nonce]: id,
    [EVENT_TAGS.environment]: optional(v.pipe(tag, v.picklist(['live', 'test']))),
  }),
});

/** What SES says where it cannot tell the kind of a bounce or a delay. */
export const UNKNOWN = 'Undetermined';

/** A kind and, where there are any, the words of a mail server. */
export function withDiagnostic(kind: string, diagnostic: string | undefined): string {
  return diagnostic ? `${kind}: ${diagnostic}` : kind;
}

/** A recipient that an event names, and what its mail server said. */
type Named = { readonly emailAddress: string; readonly diagnosticCode?: string | undefined };

/** Why the addresses that an event names are not written to any more. */
export type SuppressionCause = {
  readonly reason: 'bounced' | 'complained';
  /** SES's word for it, for people. */
  readonly detail: string | null;
  /** Milliseconds for which it holds; absent for ever. */
  readonly lasts?: number;
};

/** What one event says. */
export type Reading<Words> = {
  /** SES's time of it; where it is missing, that of the email counts. */
  readonly at?: string | undefined;
  /** Whom it names; absent where it is about all recipients. */
  readonly recipients?: readonly Named[];
  /** @param count how many distinct addresses the event names */
  readonly words: (recipient: Partial<Named>, count: number) => Omit<Words, 'type'>;
  /** Absent where the addresses may still be written to. */
  readonly suppression?: (count: number) => SuppressionCause;
};

/** One of SES's events: its shape, and what it says. */
export type SesReport<Words> = {
  readonly eventType: string;
  readonly schema: v.GenericSchema;
  readonly read: (event: never) => Reading<Words>;
};

/**
 * Declares an event of SES, as far as it is used. Type, our tags and the recipients must be there; all else
 * may be missing or wrong, and unknown fields are ignored.
 *
 * @param entries the event's keys next to `eventType` and `mail`
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
export function sesReport<const Type extends string, Entries extends v.ObjectEntries, Words>(
  eventType: Type,
  entries: Entries,
  read: (event: v.InferOutput<v.ObjectSchema<Entries, undefined>>) => Reading<Words>,
) {
  const schema = v.object({ eventType: v.literal(eventType), mail, ...entries });
  return { eventType, schema, read };
}
