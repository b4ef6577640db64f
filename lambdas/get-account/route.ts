import * as v from 'valibot';
import type { Routes } from '../core/http/route.ts';
import { accountSchema } from '../core/overview/account-view.ts';
import { requestSchema } from '../core/request-log/view.ts';
import { dayCount, statisticsSchema } from '../core/statistics/days.ts';
import { environment } from '../core/value/environment.ts';
import { listOf } from '../core/value/page.ts';

const status = v.pipe(
  v.string(),
  v.regex(/^[45][0-9]{2}$/, 'must be the status of an error, such as 403'),
  // The number that its text means, for the OpenAPI document.
  v.metadata({ type: 'integer', pattern: undefined, minimum: 400, maximum: 599 }),
  v.transform(Number),
);

/** The account itself, its statistics and what it was refused: scope `full`, no key that is bound to one domain. */
export const routes = {
  account: {
    method: 'GET',
    path: '/api/v1/account',
    scope: 'full',
    users: true,
    operation: 'getAccount',
    summary: 'Shows the account: plan, usage and the state of sending',
    answers: { 200: accountSchema },
  },
  requests: {
    method: 'GET',
    path: '/api/v1/requests',
    scope: 'full',
    users: true,
    operation: 'listRequests',
    summary: 'Lists the last 200 refused requests, newest first',
    paged: true,
    query: { status: v.optional(status) },
    answers: { 200: listOf('RefusedRequestList', requestSchema) },
  },
  statistics: {
    method: 'GET',
    path: '/api/v1/statistics',
    scope: 'full',
    users: true,
    operation: 'getStatistics',
    summary: 'Counts sent, delivered, bounced and complained emails by day, oldest first',
    query: { days: v.optional(dayCount), environment: v.optional(environment) },
    answers: { 200: statisticsSchema },
  },
} as const satisfies Routes;
