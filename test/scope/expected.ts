import type { Account } from '../../lambdas/core/account/account.ts';
import { CREDENTIALS, type Credential } from './credentials.ts';

/** The one error that each of these statuses has here. */
const ERRORS: Readonly<Record<string, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  suspended: 'Account suspended',
};

/**
 * Written by hand: what each route answers to each credential, where there is nothing else wrong with the
 * request. Columns: none, garbage, revoked, expired | live keys: send, send bound to a domain, full, full
 * bound | test keys: send, full | a live key of scope full of the operator's account | user, operator.
 */
const ACTIVE = `
POST   /api/v1/emails                                         401 401 401 401 | 202 202 202 202 | 202 202 | 202 | 401 401
GET    /api/v1/emails                                         401 401 401 401 | 403 403 200 200 | 403 200 | 200 | 200 200
GET    /api/v1/emails/{id}                                    401 401 401 401 | 200 200 200 200 | 200 200 | 200 | 200 200
GET    /api/v1/emails/{id}/content                            401 401 401 401 | 403 403 200 200 | 403 200 | 200 | 200 200
GET    /api/v1/domains                                        401 401 401 401 | 403 403 200 403 | 403 200 | 200 | 200 200
POST   /api/v1/domains                                        401 401 401 401 | 403 403 201 403 | 403 403 | 201 | 201 201
GET    /api/v1/domains/{name}                                 401 401 401 401 | 403 403 200 200 | 403 200 | 200 | 200 200
DELETE /api/v1/domains/{name}                                 401 401 401 401 | 403 403 204 403 | 403 403 | 204 | 204 204
POST   /api/v1/domains/{name}/verify                          401 401 401 401 | 403 403 200 403 | 403 403 | 200 | 200 200
GET    /api/v1/suppressions                                   401 401 401 401 | 403 403 200 403 | 403 200 | 200 | 200 200
POST   /api/v1/suppressions                                   401 401 401 401 | 403 403 201 403 | 403 403 | 201 | 201 201
GET    /api/v1/suppressions/{address}                         401 401 401 401 | 403 403 200 403 | 403 200 | 200 | 200 200
DELETE /api/v1/suppressions/{address}                         401 401 401 401 | 403 403 204 403 | 403 403 | 204 | 204 204
GET    /api/v1/webhooks                                       401 401 401 401 | 403 403 200 403 | 403 200 | 200 | 200 200
POST   /api/v1/webhooks                                       401 401 401 401 | 403 403 201 403 | 403 201 | 201 | 201 201
GET    /api/v1/webhooks/{id}                                  401 401 401 401 | 403 403 200 403 | 403 200 | 200 | 200 200
PATCH  /api/v1/webhooks/{id}                                  401 401 401 401 | 403 403 200 403 | 403 200 | 200 | 200 200
DELETE /api/v1/webhooks/{id}                                  401 401 401 401 | 403 403 204 403 | 403 204 | 204 | 204 204
POST   /api/v1/webhooks/{id}/rotate-secret                    401 401 401 401 | 403 403 200 403 | 403 200 | 200 | 200 200
POST   /api/v1/webhooks/{id}/test                             401 401 401 401 | 403 403 202 403 | 403 202 | 202 | 202 202
GET    /api/v1/webhooks/{id}/deliveries                       401 401 401 401 | 403 403 200 403 | 403 200 | 200 | 200 200
GET    /api/v1/webhooks/{id}/deliveries/{deliveryId}          401 401 401 401 | 403 403 200 403 | 403 200 | 200 | 200 200
POST   /api/v1/webhooks/{id}/deliveries/{deliveryId}/resend   401 401 401 401 | 403 403 202 403 | 403 202 | 202 | 202 202
GET    /api/v1/api-keys                                       401 401 401 401 | 403 403 200 403 | 403 200 | 200 | 200 200
POST   /api/v1/api-keys                                       401 401 401 401 | 403 403 201 403 | 403 201 | 201 | 201 201
DELETE /api/v1/api-keys/{id}                                  401 401 401 401 | 403 403 204 403 | 403 204 | 204 | 204 204
GET    /api/v1/account                                        401 401 401 401 | 403 403 200 403 | 403 200 | 200 | 200 200
GET    /api/v1/requests                                       401 401 401 401 | 403 403 200 403 | 403 200 | 200 | 200 200
GET    /api/v1/statistics                                     401 401 401 401 | 403 403 200 403 | 403 200 | 200 | 200 200
POST   /api/v1/sending/recipients                             401 401 401 401 | 403 403 403 403 | 403 403 | 202 | 403 202
GET    /api/v1/sending/recipients/{address}                   401 401 401 401 | 403 403 403 403 | 403 403 | 404 | 403 404
POST   /api/v1/sending/production-access                      401 401 401 401 | 403 403 403 403 | 403 403 | 202 | 403 202
GET    /api/v1/openapi.json                                   200 200 200 200 | 200 200 200 200 | 200 200 | 200 | 200 200
`;

/** What a suspended account gets otherwise: it cannot send, and all else goes on. */
const SUSPENDED = `
POST   /api/v1/emails   401 401 401 401 | suspended suspended suspended suspended | suspended suspended | suspended | 401 401
`;

/** What is expected of one request. */
export type Expected = { readonly status: number; readonly error: string | undefined };

const expectedOf = (cell: string): Expected => ({
  status: cell === 'suspended' ? 403 : Number(cell),
  error: ERRORS[cell],
});

function read(table: string): Map<string, ReadonlyMap<Credential, Expected>> {
  const rows = table.trim().split('\n');
  return new Map(
    rows.map((row) => {
      const [method = '', path = '', ...cells] = row.split(/[ |]+/);
      if (cells.length !== CREDENTIALS.length) throw new Error(`${path} lacks an answer.`);
      const answers = CREDENTIALS.map((kind, i) => [kind, expectedOf(cells[i] ?? '')] as const);
      return [`${method} ${path}`, new Map(answers)];
    }),
  );
}

const active = read(ACTIVE);
const suspended = new Map([...active, ...read(SUSPENDED)]);

/** Account state → route → credential → the answer. */
export const EXPECTED: Readonly<Record<Account['status'], typeof active>> = { active, suspended };
