import type { DomainStore } from '../core/domain/domain.ts';
import { type ApiHandler, apiHandler, type HttpDeps } from '../core/http/api-handler.ts';
import type { ApiRequest } from '../core/http/input.ts';
import { Refusal } from '../core/http/refusal.ts';
import { json, type Reply } from '../core/http/request.ts';
import type { GateStore } from '../core/sending/gate.ts';
import type { AskForProduction } from '../core/sending/production-access.ts';
import {
  type RecipientIdentities,
  readAddress,
  verifyRecipient,
} from '../core/sending/recipient.ts';
import { routes } from './route.ts';

/** What these actions touch. */
export type ManageSendingDeps = HttpDeps & {
  readonly domains: Pick<DomainStore, 'find'>;
  readonly gate: Pick<GateStore, 'read'>;
  readonly recipients: RecipientIdentities;
  readonly askForProduction: AskForProduction;
};

/** In the sandbox a verified domain covers its addresses; an identity beside it would only get in its way. */
async function isCovered(domain: string, { domains }: ManageSendingDeps): Promise<boolean> {
  return (await domains.find(domain))?.status === 'verified';
}

async function verify(
  { body }: ApiRequest<typeof routes.verifyRecipient>,
  deps: ManageSendingDeps,
): Promise<Reply> {
  const read = readAddress(body.address);
  if ('problem' in read) throw new Refusal('Validation failed', read.problem);
  const { ascii, domain } = read;
  const covered = await isCovered(domain, deps);
  const status = covered ? 'verified' : await verifyRecipient(ascii, deps.recipients);
  return json(status === 'verified' ? 200 : 202, { address: ascii, status });
}

async function show(
  { params, notFound }: ApiRequest<typeof routes.recipient>,
  deps: ManageSendingDeps,
): Promise<Reply> {
  // A slash in an address arrives only where it was encoded twice: API Gateway decodes before it routes.
  const read = readAddress(params.address.replace(/%2f/gi, '/'));
  if ('problem' in read) throw notFound();
  const { ascii: address, domain } = read;
  if (await isCovered(domain, deps)) return json(200, { address, status: 'verified' });
  const found = await deps.recipients.find(address);
  if (!found) throw notFound();
  return json(200, { address, status: found.status });
}

async function ask(
  { body }: ApiRequest<typeof routes.productionAccess>,
  deps: ManageSendingDeps,
): Promise<Reply> {
  const { account } = await deps.gate.read();
  if (account?.sandbox === false) {
    throw new Refusal(
      'Conflict',
      'AWS has already granted production access. You can send to everyone.',
    );
  }
  const asked = await deps.askForProduction(body);
  if (asked.kind === 'asked') return json(202, { productionAccess: 'pending' });
  if (asked.kind === 'under review') {
    const message =
      'AWS is reviewing an earlier request. Wait for its answer, which goes to the owner of the AWS account, before you request again.';
    throw new Refusal('Conflict', message);
  }
  throw new Refusal('Validation failed', `Amazon SES refused the request: ${asked.message}`);
}

/** What the operator asks of AWS for the whole service. */
export function createHandler(deps: ManageSendingDeps): ApiHandler {
  return apiHandler(deps, routes, {
    verifyRecipient: (request) => verify(request, deps),
    recipient: (request) => show(request, deps),
    productionAccess: (request) => ask(request, deps),
  });
}
