import * as v from 'valibot';
import { LIMITS } from '../contract/limits.ts';
import { hasControlCharacter, type Mailbox, mailboxOf, parseMailbox } from '../value/address.ts';
import { headerMailbox } from './header-text.ts';

/** The longest source or recipient string that SES documents, as it is written into a header. */
const HEADER_LENGTH = 320;

const CONTROL_PROBLEM = 'must not contain line breaks or other control characters';

const text = v.pipe(
  v.string('must be a string'),
  v.nonEmpty('must not be empty'),
  v.check((value) => value.isWellFormed(), 'must be well-formed Unicode'),
);

const line = v.pipe(
  text,
  v.check((value) => !hasControlCharacter(value), CONTROL_PROBLEM),
);

const mailbox = v.pipe(
  v.string('must be a string'),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const parsed = parseMailbox(dataset.value);
    if ('problem' in parsed) addIssue({ message: parsed.problem });
    else if (headerMailbox(parsed.mailbox).length > HEADER_LENGTH) {
      addIssue({ message: 'has a display name that is too long' });
    }
  }),
);

const mailboxes = v.pipe(v.array(mailbox), v.nonEmpty('must not be an empty array'));

const oneOrMore = v.union([mailbox, mailboxes], 'must be a string or an array of strings');

const subject = v.pipe(
  line,
  v.maxLength(LIMITS.subjectLength, `must have at most ${LIMITS.subjectLength} characters`),
);

const tag = v.pipe(
  line,
  v.maxLength(LIMITS.tagLength, `must have at most ${LIMITS.tagLength} characters`),
);

const tags = v.pipe(
  v.array(tag, 'must be an array of strings'),
  v.maxLength(LIMITS.tags, `must hold at most ${LIMITS.tags} tags`),
);

const list = v.array(mailbox, 'must be an array of strings');

type Addressed = {
  to: string | string[];
  cc?: string[] | null | undefined;
  bcc?: string[] | null | undefined;
};

function written(request: Addressed): string[] {
  return [request.to, request.cc ?? [], request.bcc ?? []].flat();
}

/** Body of `POST /api/v1/emails`; docs/api.md has the rules of its fields. */
export const sendRequestSchema = v.pipe(
  v.strictObject({
    from: mailbox,
    to: oneOrMore,
    subject,
    html: v.nullish(text),
    text: v.nullish(text),
    replyTo: v.nullish(oneOrMore),
    cc: v.nullish(list),
    bcc: v.nullish(list),
    tags: v.nullish(tags),
  }),
  v.partialCheck(
    [['to'], ['cc'], ['bcc']],
    (request) => written(request).length <= LIMITS.recipients,
    `The 'to', 'cc' and 'bcc' fields hold at most ${LIMITS.recipients} addresses together.`,
  ),
  v.partialCheck(
    [['html'], ['text']],
    (request) => typeof request.html === 'string' || typeof request.text === 'string',
    "The 'html' or the 'text' field is required.",
  ),
  // The rule above for programs: a schema of JSON cannot be made from a function.
  v.metadata({
    title: 'EmailRequest',
    anyOf: [
      { required: ['html'], properties: { html: { type: 'string' } } },
      { required: ['text'], properties: { text: { type: 'string' } } },
    ],
  }),
);

/** A parsed request; optional fields that were `null` are left out. */
export type SendRequest = {
  readonly from: string;
  readonly to: string | string[];
  readonly subject: string;
  readonly html?: string;
  readonly text?: string;
  readonly replyTo?: string | string[];
  readonly cc?: string[];
  readonly bcc?: string[];
  readonly tags?: string[];
};

/** Drops what was `null`, which counts as absent. */
export function sendRequestOf(parsed: v.InferOutput<typeof sendRequestSchema>): SendRequest {
  const given = Object.entries(parsed).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(given) as SendRequest;
}

/** The distinct mailboxes of `to`, `cc` and `bcc`, in that order: who gets the mail, once each. */
export function recipientsOf(request: Pick<SendRequest, 'to' | 'cc' | 'bcc'>): Mailbox[] {
  const byKey = new Map<string, Mailbox>();
  for (const each of written(request).map(mailboxOf)) {
    if (!byKey.has(each.key)) byKey.set(each.key, each);
  }
  return [...byKey.values()];
}
