import type { Routes } from '../core/http/route.ts';
import { newSuppressionSchema } from '../core/suppression/add-request.ts';
import { suppressionSchema } from '../core/suppression/view.ts';
import { listOf } from '../core/value/page.ts';

const all = '/api/v1/suppressions';
const one = {
  path: '/api/v1/suppressions/{address}',
  notFound: 'This address is not on the suppression list of this account.',
} as const;

/** An account's suppressions: scope `full`, no key that is bound to one domain. */
export const routes = {
  list: {
    method: 'GET',
    path: all,
    scope: 'full',
    users: true,
    operation: 'listSuppressions',
    summary: 'Lists the suppressed addresses, newest first',
    paged: true,
    answers: { 200: listOf('SuppressionList', suppressionSchema) },
  },
  add: {
    method: 'POST',
    path: all,
    scope: 'full',
    users: true,
    liveOnly: true,
    operation: 'addSuppression',
    summary: 'Adds an address to the suppression list; 200 if it is already there permanently',
    body: newSuppressionSchema,
    answers: { 200: suppressionSchema, 201: suppressionSchema },
    refusals: ['Conflict'],
  },
  one: {
    method: 'GET',
    ...one,
    scope: 'full',
    users: true,
    operation: 'getSuppression',
    summary: 'Shows whether an address is suppressed, and why',
    answers: { 200: suppressionSchema },
  },
  remove: {
    method: 'DELETE',
    ...one,
    scope: 'full',
    users: true,
    liveOnly: true,
    operation: 'removeSuppression',
    summary: 'Removes an address from the suppression list',
    answers: { 204: null },
  },
} as const satisfies Routes;
