import * as v from 'valibot';
import { pageLimit } from '../core/contract/limits.ts';
import { listOf } from '../core/contract/shapes.ts';
import { addSchema } from '../core/suppression/add-request.ts';
import { suppressionSchema } from '../core/suppression/view.ts';

/** Query of the list. */
const query = v.pipe(
  v.strictObject({ limit: v.optional(pageLimit), cursor: v.optional(v.string()) }),
);

const all = '/api/v1/suppressions';
const one = '/api/v1/suppressions/{address}';

/** An account's suppressions: scope `full`, no key that is bound to one domain. */
export const routes = {
  list: {
    method: 'GET',
    path: all,
    scope: 'full',
    users: true,
    operation: 'listSuppressions',
    summary: 'Lists the suppressed addresses, newest first',
    query,
    answers: { 200: listOf('SuppressionList', suppressionSchema) },
  },
  add: {
    method: 'POST',
    path: all,
    scope: 'full',
    users: true,
    operation: 'addSuppression',
    summary: 'Adds an address to the suppression list; 200 if it is already there permanently',
    body: addSchema,
    answers: { 200: suppressionSchema, 201: suppressionSchema },
    refusals: ['Conflict'],
  },
  one: {
    method: 'GET',
    path: one,
    scope: 'full',
    users: true,
    operation: 'getSuppression',
    summary: 'Shows whether an address is suppressed, and why',
    answers: { 200: suppressionSchema },
  },
  remove: {
    method: 'DELETE',
    path: one,
    scope: 'full',
    users: true,
    operation: 'removeSuppression',
    summary: 'Removes an address from the suppression list',
    answers: { 204: null },
  },
} as const;
