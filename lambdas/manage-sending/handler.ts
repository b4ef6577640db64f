import type { DomainStore } from '../core/domain/domain.ts';
import {
  type ApiHandler,
  type ApiRequest,
  apiHandler,
  type HttpDeps,
} from '../core/http/api-handler.ts';
import { parseBody } from '../core/http/body.ts';
import { mayOperate } from '../core/http/caller.ts';
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

function checkOperator({ caller }: ApiRequest): void {
  if (mayOperate(caller)) return;
  const message =
    "Only the operator may do this, because it concerns the whole service. Sign in as a member of the group 'operators', or use a live key with the scope 'full' of the operator's account.";
  throw new Refusal('Forbidden', message);
}

/** In the sandbox a verified domain covers its addresses; an identity beside it would only get in its way. */
async function isCovered(domain: string, { domains }: ManageSendingDeps): Promise<boolean> {
  return (await domains.find(domain))?.status === 'verified';
}

async function verify(request: ApiRequest, deps: ManageSendingDeps): Promise<Reply> {
  checkOperator(request);
  const body = parseBody(routes.verifyRecipient.body, request.body);
  const read = readAddress(body.address);
  if ('problem' in read) throw new Refusal('Validation failed', read.problem);
  const { ascii, domain } = read;
  const covered = await isCovered(domain, deps);
  const status = covered ? 'verified' : await verifyRecipient(ascii, deps.recipients);
  return json(status === 'verified' ? 200 : 202, { address: ascii, status });
}

/** A slash in an address arrives only where it was encoded twice: API Gateway decodes before it routes. */
function addressOf({ path }: ApiRequest) {
  return readAddress((path.address ?? '').replace(/%2f/gi, '/'));
}

async function show(request: ApiRequest, deps: ManageSendingDeps): Promise<Reply> {
  checkOperator(request);
  const read = addressOf(request);
  if (!('problem' in read)) {
    const { ascii: address, domain } = read;
    if (await isCovered(domain, deps)) return json(200, { address, status: 'verified' });
    const found = await deps.recipients.find(address);
    if (found) return json(200, { address, status: found.status });
  }
  const message =
    'No verification of this address was requested. Request it with POST /api/v1/sending/recipients.';
  throw new Refusal('Not found', message);
}

async function ask(request: ApiRequest, deps: ManageSendingDeps): Promise<Reply> {
  checkOperator(request);
  const body = parseBody(routes.productionAccess.body, request.body);
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
  return apiHandler(deps, [
    [routes.verifyRecipient, (request) => verify(request, deps)],
    [routes.recipient, (request) => show(request, deps)],
    [routes.productionAccess, (request) => ask(request, deps)],
  ]);
}
