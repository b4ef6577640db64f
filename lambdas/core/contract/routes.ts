/** The public routes: what API Gateway maps, and what 404 and 405 answers are made from. */
export const ROUTES = [
  { method: 'POST', path: '/api/v1/emails', function: 'accept-email' },
  { method: 'GET', path: '/api/v1/emails', function: 'get-email' },
  { method: 'GET', path: '/api/v1/emails/{id}', function: 'get-email' },
] as const;
