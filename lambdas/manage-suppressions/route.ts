import * as v from 'valibot';
import { pageLimit } from '../core/contract/limits.ts';
import { addSchema } from '../core/suppression/add-request.ts';

/** Query of the list. */
const query = v.pipe(
  v.strictObject({ limit: v.optional(pageLimit), cursor: v.optional(v.string()) }),
);

const all = '/api/v1/suppressions';
const one = '/api/v1/suppressions/{address}';

/** An account's suppressions: scope `full`, no key that is bound to one domain. */
export const routes = {
  list: { method: 'GET', path: all, scope: 'full', query },
  add: { method: 'POST', path: all, scope: 'full', body: addSchema },
  one: { method: 'GET', path: one, scope: 'full' },
  remove: { method: 'DELETE', path: one, scope: 'full' },
} as const;
