import * as v from 'valibot';

/** Sizes and counts that callers meet; each source is beside its number. */
export const LIMITS = {
  /** `to` + `cc` + `bcc`; SES takes at most 50 recipients a message. */
  recipients: 50,
  /** HTML and text together, UTF-8 bytes after JSON decoding: 5 MB. */
  contentBytes: 5 * 1024 * 1024,
  /** RFC 5322 §2.1.1: longest line without its CRLF. */
  subjectLength: 998,
  tags: 10,
  tagLength: 64,
  idempotencyKeyLength: 256,
  /** Entries of one page of a list. */
  pageSize: { default: 20, most: 100 },
  /** Items a filtered list reads before it answers with a cursor. */
  pageReads: 500,
  /** What an owner notes beside an endpoint or a suppression. */
  noteLength: 200,
} as const;

/** Query parameter `limit` of a list. */
export const pageLimit = v.pipe(
  v.string(),
  v.regex(/^[0-9]{1,3}$/, `must be a whole number from 1 to ${LIMITS.pageSize.most}`),
  // The number that its text means, for the OpenAPI document.
  v.metadata({
    type: 'integer',
    pattern: undefined,
    minimum: 1,
    maximum: LIMITS.pageSize.most,
    default: LIMITS.pageSize.default,
  }),
  v.transform(Number),
  v.minValue(1, 'must be at least 1'),
  v.maxValue(LIMITS.pageSize.most, `must be at most ${LIMITS.pageSize.most}`),
);

/** One line that people read: no line breaks, no other control characters, no half of a character. */
export const note = v.pipe(
  v.string('must be a string'),
  v.nonEmpty('must not be empty'),
  v.maxLength(LIMITS.noteLength, `must have at most ${LIMITS.noteLength} characters`),
  v.regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u, 'must hold printable characters only'),
);
