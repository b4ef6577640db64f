import { type AcceptDeps, type Accepted, accept } from '../core/email/accept.ts';
import { sendRequestOf } from '../core/email/send-request.ts';
import { acceptedView } from '../core/email/view.ts';
import { type ApiHandler, apiHandler, type HttpDeps } from '../core/http/api-handler.ts';
import type { ApiRequest } from '../core/http/input.ts';
import { Refusal } from '../core/http/refusal.ts';
import { json, type Reply } from '../core/http/request.ts';
import { routes } from './route.ts';

function suppressedMessage(addresses: readonly string[]): string {
  return addresses.length === 1
    ? `The address ${addresses[0]} is on your suppression list, because an email to it bounced or was marked as spam. Remove it from the list, or from this email.`
    : `The addresses ${addresses.join(', ')} are on your suppression list, because emails to them bounced or were marked as spam. Remove them from the list, or from this email.`;
}

type Refused = Exclude<Accepted, { email: unknown }>;

function refusalOf(result: Refused): Refusal {
  switch (result.kind) {
    case 'conflict':
      return new Refusal(
        'Conflict',
        "This 'Idempotency-Key' was already used with a different body. Use a new key for a new email.",
      );
    case 'suspended':
      return new Refusal(
        'Account suspended',
        'This account is suspended and cannot send. Ask the operator of this service for the reason.',
      );
    case 'foreign-domain':
      return new Refusal(
        'Forbidden',
        `This API key can only send from ${result.only}, not from ${result.domain}. Use another key.`,
      );
    case 'unverified':
      return new Refusal(
        'Domain not verified',
        `The domain ${result.domain} is not a verified domain of this account. Add the domain and its DNS records, then verify it. Verify each subdomain separately.`,
      );
    case 'suppressed':
      return new Refusal('Recipient suppressed', suppressedMessage(result.addresses));
    case 'quota':
      return new Refusal(
        'Monthly quota exceeded',
        `The account's plan allows ${result.limit} emails a month, and this request would exceed that. The count resets on the first of the month, UTC.`,
        { 'retry-after': String(result.retryAfter) },
      );
    case 'abandoned':
      return new Refusal(
        'Internal server error',
        "The request timed out, and nothing was sent. Send it again, with an 'Idempotency-Key' header so that nothing is sent twice.",
      );
  }
}

async function send(
  { caller, body, idempotencyKey, note }: ApiRequest<typeof routes.send>,
  deps: AcceptDeps,
): Promise<Reply> {
  const { key, account, plan } = caller;
  const submission = { key, account, plan, request: sendRequestOf(body) };
  const result = await accept(
    idempotencyKey === undefined ? submission : { ...submission, idempotencyKey },
    deps,
  );
  if (!('email' in result)) throw refusalOf(result);
  note({ emailId: result.email.id });
  const headers = result.kind === 'replayed' ? { 'idempotent-replayed': 'true' } : {};
  return json(202, acceptedView(result.email), headers);
}

/** Accepts an email; see `core/email/accept.ts` for the order of its effects. */
export function createHandler(deps: HttpDeps & AcceptDeps): ApiHandler {
  return apiHandler(deps, routes, { send: (request) => send(request, deps) });
}
