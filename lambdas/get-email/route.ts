import * as v from 'valibot';
import { pageLimit } from '../core/contract/limits.ts';
import { environment, listOf } from '../core/contract/shapes.ts';
import { parseMailbox } from '../core/email/address.ts';
import { contentSchema } from '../core/email/content-view.ts';
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
    environment: v.optional(environment),
    status: v.optional(v.picklist(EMAIL_STATUSES, `must be one of ${EMAIL_STATUSES.join(', ')}`)),
    tag: v.optional(v.string()),
    recipient: v.optional(recipient),
    after: v.optional(time),
    before: v.optional(time),
  }),
);
export type EmailQuery = v.InferOutput<typeof query>;

/** Any scope may read a state; the content and the list need scope `full`. */
export const routes = {
  one: {
    method: 'GET',
    path: '/api/v1/emails/{id}',
    scope: 'send',
    users: true,
    domainKeys: true,
    operation: 'getEmail',
    summary: 'Shows the status of an email and of each recipient',
    answers: { 200: emailSchema },
  },
  content: {
    method: 'GET',
    path: '/api/v1/emails/{id}/content',
    scope: 'full',
    users: true,
    domainKeys: true,
    operation: 'getEmailContent',
    summary: 'Shows the content of an email and its headers',
    answers: { 200: contentSchema },
  },
  list: {
    method: 'GET',
    path: '/api/v1/emails',
    scope: 'full',
    users: true,
    domainKeys: true,
    operation: 'listEmails',
    summary: 'Lists the emails of one environment, newest first',
    query,
    answers: { 200: listOf('EmailList', emailSchema) },
  },
} as const;
