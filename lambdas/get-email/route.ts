import * as v from 'valibot';
import { pageLimit } from '../core/contract/limits.ts';
import { listOf } from '../core/contract/shapes.ts';
import { parseMailbox } from '../core/email/address.ts';
import { EMAIL_STATUSES } from '../core/email/status.ts';
import { emailSchema } from '../core/email/view.ts';

const time = v.pipe(
  v.string(),
  v.check(
    (text) => /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(text) && Date.parse(text) >= 0,
    'must be a date or time in ISO 8601, such as 2026-01-31 or 2026-01-31T10:00:00Z',
  ),
  v.transform((text) => new Date(text).toISOString()),
);

const recipient = v.pipe(
  v.string(),
  v.check((text) => 'mailbox' in parseMailbox(text), 'must be an email address'),
);

/** Query of the list; every filter is optional. */
const query = v.pipe(
  v.strictObject({
    limit: v.optional(pageLimit),
    cursor: v.optional(v.string()),
    status: v.optional(v.picklist(EMAIL_STATUSES, `must be one of ${EMAIL_STATUSES.join(', ')}`)),
    tag: v.optional(v.string()),
    recipient: v.optional(recipient),
    after: v.optional(time),
    before: v.optional(time),
  }),
);
export type EmailQuery = v.InferOutput<typeof query>;

/** `GET /api/v1/emails/{id}`: any scope may read a state. `GET /api/v1/emails`: needs scope `full`. */
export const routes = {
  one: {
    method: 'GET',
    path: '/api/v1/emails/{id}',
    scope: 'send',
    domainKeys: true,
    operation: 'getEmail',
    summary: 'Shows the state of an email and of each recipient',
    answers: { 200: emailSchema },
  },
  list: {
    method: 'GET',
    path: '/api/v1/emails',
    scope: 'full',
    domainKeys: true,
    operation: 'listEmails',
    summary: "Lists the emails of the key's environment, newest first",
    query,
    answers: { 200: listOf('EmailList', emailSchema) },
  },
} as const;
