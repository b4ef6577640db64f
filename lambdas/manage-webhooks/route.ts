import * as v from 'valibot';
import { pageLimit } from '../core/contract/limits.ts';
import { changeSchema, createSchema } from '../core/webhook/endpoint-request.ts';
import { testSchema } from '../core/webhook/test-event.ts';

const STATUSES = ['pending', 'succeeded', 'failed'] as const;

/** Query of the list of deliveries; every filter is optional. */
const query = v.pipe(
  v.strictObject({
    limit: v.optional(pageLimit),
    cursor: v.optional(v.string()),
    status: v.optional(v.picklist(STATUSES, `must be one of ${STATUSES.join(', ')}`)),
  }),
);

/** A body that says nothing. */
const nothing = v.pipe(v.strictObject({}));

const all = '/api/v1/webhooks';
const one = '/api/v1/webhooks/{id}';
const deliveries = '/api/v1/webhooks/{id}/deliveries';
const delivery = '/api/v1/webhooks/{id}/deliveries/{deliveryId}';

const optional = { bodyOptional: true } as const;

/** An account's webhook endpoints: scope `full`, no key that is bound to one domain. */
export const routes = {
  list: { method: 'GET', path: all, scope: 'full' },
  create: { method: 'POST', path: all, scope: 'full', body: createSchema },
  one: { method: 'GET', path: one, scope: 'full' },
  change: { method: 'PATCH', path: one, scope: 'full', body: changeSchema },
  remove: { method: 'DELETE', path: one, scope: 'full' },
  rotate: {
    method: 'POST',
    path: `${one}/rotate-secret`,
    scope: 'full',
    body: nothing,
    ...optional,
  },
  test: { method: 'POST', path: `${one}/test`, scope: 'full', body: testSchema, ...optional },
  deliveries: { method: 'GET', path: deliveries, scope: 'full', query },
  delivery: { method: 'GET', path: delivery, scope: 'full' },
  resend: {
    method: 'POST',
    path: `${delivery}/resend`,
    scope: 'full',
    body: nothing,
    ...optional,
  },
} as const;
