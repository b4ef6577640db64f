import { newKeySchema } from '../core/api-key/create-request.ts';
import { apiKeySchema, createdKeySchema } from '../core/api-key/view.ts';
import type { Routes } from '../core/http/route.ts';
import { keyIdSchema } from '../core/value/id.ts';
import { listOf } from '../core/value/page.ts';

const all = '/api/v1/api-keys';

/** An account's API keys: scope `full`, no key that is bound to one domain. */
export const routes = {
  list: {
    method: 'GET',
    path: all,
    scope: 'full',
    users: true,
    operation: 'listApiKeys',
    summary: 'Lists the API keys, newest first; revoked keys stay for 30 days',
    paged: true,
    answers: { 200: listOf('ApiKeyList', apiKeySchema) },
  },
  create: {
    method: 'POST',
    path: all,
    scope: 'full',
    users: true,
    operation: 'createApiKey',
    summary: 'Creates an API key; its text is shown only once',
    body: newKeySchema,
    answers: { 201: createdKeySchema },
    refusals: ['Plan limit reached'],
  },
  revoke: {
    method: 'DELETE',
    path: `${all}/{id}`,
    params: { id: keyIdSchema },
    notFound: 'No API key with this id exists in this account, or this key may not see it.',
    scope: 'full',
    users: true,
    operation: 'revokeApiKey',
    summary: 'Revokes an API key immediately and permanently',
    answers: { 204: null },
  },
} as const satisfies Routes;
