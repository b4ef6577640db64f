import * as v from 'valibot';
import { accountSchema } from '../core/account/view.ts';
import { pageLimit } from '../core/contract/limits.ts';
import { listOf } from '../core/contract/shapes.ts';
import { requestSchema } from '../core/request-log/view.ts';

const status = v.pipe(
  v.string(),
  v.regex(/^[45][0-9]{2}$/, 'must be the status of an error, such as 403'),
  // What its text stands for, in the OpenAPI document.
  v.metadata({ type: 'integer', pattern: undefined, minimum: 400, maximum: 599 }),
  v.transform(Number),
);

/** Query of the list of refused requests. */
const query = v.pipe(
  v.strictObject({
    limit: v.optional(pageLimit),
    cursor: v.optional(v.string()),
    status: v.optional(status),
  }),
);

/** The account itself, and what it was refused: scope `full`, no key that is bound to one domain. */
export const routes = {
  account: {
    method: 'GET',
    path: '/api/v1/account',
    scope: 'full',
    operation: 'getAccount',
    summary: 'Shows the account: plan, usage, and whether mail goes out',
    answers: { 200: accountSchema },
  },
  requests: {
    method: 'GET',
    path: '/api/v1/requests',
    scope: 'full',
    operation: 'listRequests',
    summary: 'Lists the last 200 refused requests, newest first',
    query,
    answers: { 200: listOf('RefusedRequestList', requestSchema) },
  },
} as const;
