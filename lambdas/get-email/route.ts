import * as v from 'valibot';
import { contentSchema } from '../core/email/content-view.ts';
import { EMAIL_STATUSES } from '../core/email/status.ts';
import { emailSchema } from '../core/email/view.ts';
import type { Routes } from '../core/http/route.ts';
import { parseMailbox } from '../core/value/address.ts';
import { environment } from '../core/value/environment.ts';
import { hexId } from '../core/value/id.ts';
import { listOf } from '../core/value/page.ts';

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

/** Filters of the list; each is optional. */
const query = {
  environment: v.optional(environment),
  status: v.optional(v.picklist(EMAIL_STATUSES, `must be one of ${EMAIL_STATUSES.join(', ')}`)),
  tag: v.optional(v.string()),
  recipient: v.optional(recipient),
  after: v.optional(time),
  before: v.optional(time),
};

/** One email, by its id. */
const one = {
  params: { id: hexId },
  notFound:
    'No email with this id exists in this account and environment. Check the id; emails expire after the retention period.',
} as const;

/** Any scope may read a state; the content and the list need scope `full`. */
export const routes = {
  one: {
    method: 'GET',
    path: '/api/v1/emails/{id}',
    ...one,
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
    ...one,
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
    paged: true,
    query,
    answers: { 200: listOf('EmailList', emailSchema) },
  },
} as const satisfies Routes;
