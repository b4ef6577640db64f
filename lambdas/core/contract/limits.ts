/** Sizes and counts that callers meet; each source stands beside its number. */
export const LIMITS = {
  /** `to` + `cc` + `bcc`; SES takes at most 50 recipients a message. */
  recipients: 50,
  /** HTML and text together, UTF-8 bytes after JSON decoding (issue: 5 MB). */
  contentBytes: 5 * 1024 * 1024,
  /** RFC 5322 §2.1.1: longest line without its CRLF. */
  subjectLength: 998,
  tags: 10,
  tagLength: 64,
  idempotencyKeyLength: 256,
  /** Emails of one page of a list. */
  pageSize: { default: 20, most: 100 },
  /** Items a filtered list reads before it answers with a cursor. */
  pageReads: 500,
} as const;
