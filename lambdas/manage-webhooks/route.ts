import * as v from 'valibot';
import type { Routes } from '../core/http/route.ts';
import { deliveryIdSchema, hexId } from '../core/value/id.ts';
import { listOf } from '../core/value/page.ts';
import { DELIVERY_STATUSES } from '../core/webhook/delivery.ts';
import { endpointChangeSchema, newEndpointSchema } from '../core/webhook/endpoint-request.ts';
import { webhookTestSchema } from '../core/webhook/test-event.ts';
import { deliverySchema, endpointSchema, endpointSecretSchema } from '../core/webhook/view.ts';

/** Filters of the list of deliveries; each is optional. */
const query = {
  status: v.optional(
    v.picklist(DELIVERY_STATUSES, `must be one of ${DELIVERY_STATUSES.join(', ')}`),
  ),
};

/** A body that says nothing. */
const nothing = v.pipe(v.strictObject({}));

const all = '/api/v1/webhooks';
const one = {
  path: '/api/v1/webhooks/{id}',
  params: { id: hexId },
  notFound: 'No webhook endpoint with this id exists in this account, or this key may not see it.',
} as const;
const deliveries = `${one.path}/deliveries` as const;
const delivery = {
  path: `${deliveries}/{deliveryId}`,
  params: { ...one.params, deliveryId: deliveryIdSchema },
  notFound:
    'No delivery with this id exists for this endpoint. Check both ids; deliveries expire after the retention period.',
} as const;

const full = { scope: 'full', users: true } as const;
/** A `POST` that may say nothing more. */
const action = { method: 'POST', ...full, bodyOptional: true } as const;

/** An account's webhook endpoints: scope `full`, no key that is bound to one domain. */
export const routes = {
  list: {
    method: 'GET',
    path: all,
    ...full,
    operation: 'listWebhooks',
    summary: 'Lists the webhook endpoints',
    answers: { 200: listOf('WebhookEndpointList', endpointSchema) },
  },
  create: {
    method: 'POST',
    path: all,
    ...full,
    operation: 'createWebhook',
    summary: 'Adds a webhook endpoint; its signing secret is shown only once',
    body: newEndpointSchema,
    answers: { 201: endpointSecretSchema },
    refusals: ['Plan limit reached'],
  },
  one: {
    method: 'GET',
    ...one,
    ...full,
    operation: 'getWebhook',
    summary: 'Shows a webhook endpoint',
    answers: { 200: endpointSchema },
  },
  change: {
    method: 'PATCH',
    ...one,
    ...full,
    operation: 'changeWebhook',
    summary: 'Changes, disables or enables a webhook endpoint',
    body: endpointChangeSchema,
    answers: { 200: endpointSchema },
  },
  remove: {
    method: 'DELETE',
    ...one,
    ...full,
    operation: 'deleteWebhook',
    summary: 'Deletes a webhook endpoint',
    answers: { 204: null },
  },
  rotate: {
    ...action,
    ...one,
    path: `${one.path}/rotate-secret`,
    operation: 'rotateWebhookSecret',
    summary: 'Creates a new signing secret, shown only once; the old one also signs for 24 hours',
    body: nothing,
    answers: { 200: endpointSecretSchema },
    refusals: ['Conflict'],
  },
  test: {
    ...action,
    ...one,
    path: `${one.path}/test`,
    operation: 'testWebhook',
    summary: 'Sends a test event to a webhook endpoint',
    body: webhookTestSchema,
    answers: { 202: deliverySchema },
    refusals: ['Conflict'],
  },
  deliveries: {
    method: 'GET',
    ...one,
    path: deliveries,
    ...full,
    operation: 'listWebhookDeliveries',
    summary: 'Lists the deliveries to a webhook endpoint, newest first',
    paged: true,
    query,
    answers: { 200: listOf('WebhookDeliveryList', deliverySchema) },
  },
  delivery: {
    method: 'GET',
    ...delivery,
    ...full,
    operation: 'getWebhookDelivery',
    summary: 'Shows a delivery and its attempts',
    answers: { 200: deliverySchema },
  },
  resend: {
    ...action,
    ...delivery,
    path: `${delivery.path}/resend`,
    operation: 'resendWebhookDelivery',
    summary: 'Starts a delivery again, from the beginning of its retry schedule',
    body: nothing,
    answers: { 202: deliverySchema },
    refusals: ['Conflict'],
  },
} as const satisfies Routes;
