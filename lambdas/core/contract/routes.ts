/** The public routes: what API Gateway maps, and what 404 and 405 answers are made from. */
export const ROUTES = [
  { method: 'POST', path: '/api/v1/emails', function: 'accept-email' },
  { method: 'GET', path: '/api/v1/emails', function: 'get-email' },
  { method: 'GET', path: '/api/v1/emails/{id}', function: 'get-email' },
  { method: 'GET', path: '/api/v1/suppressions', function: 'manage-suppressions' },
  { method: 'POST', path: '/api/v1/suppressions', function: 'manage-suppressions' },
  { method: 'GET', path: '/api/v1/suppressions/{address}', function: 'manage-suppressions' },
  { method: 'DELETE', path: '/api/v1/suppressions/{address}', function: 'manage-suppressions' },
  { method: 'GET', path: '/api/v1/webhooks', function: 'manage-webhooks' },
  { method: 'POST', path: '/api/v1/webhooks', function: 'manage-webhooks' },
  { method: 'GET', path: '/api/v1/webhooks/{id}', function: 'manage-webhooks' },
  { method: 'PATCH', path: '/api/v1/webhooks/{id}', function: 'manage-webhooks' },
  { method: 'DELETE', path: '/api/v1/webhooks/{id}', function: 'manage-webhooks' },
  { method: 'POST', path: '/api/v1/webhooks/{id}/rotate-secret', function: 'manage-webhooks' },
  { method: 'POST', path: '/api/v1/webhooks/{id}/test', function: 'manage-webhooks' },
  { method: 'GET', path: '/api/v1/webhooks/{id}/deliveries', function: 'manage-webhooks' },
  {
    method: 'GET',
    path: '/api/v1/webhooks/{id}/deliveries/{deliveryId}',
    function: 'manage-webhooks',
  },
  {
    method: 'POST',
    path: '/api/v1/webhooks/{id}/deliveries/{deliveryId}/resend',
    function: 'manage-webhooks',
  },
] as const;
