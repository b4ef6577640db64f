import { addDomain, type DomainRefusal } from '../core/domain/add.ts';
import type { Domain } from '../core/domain/domain.ts';
import { readDomainName } from '../core/domain/name.ts';
import { removeDomain } from '../core/domain/remove.ts';
import { type VerifyDeps, verifyDomain } from '../core/domain/verify.ts';
import { domainView } from '../core/domain/view.ts';
import { type ApiHandler, apiHandler, type HttpDeps } from '../core/http/api-handler.ts';
import { type Caller, onlyDomain } from '../core/http/caller.ts';
import type { ApiRequest } from '../core/http/input.ts';
import { pageReply } from '../core/http/pages.ts';
import { Refusal } from '../core/http/refusal.ts';
import { json, noContent, type Reply } from '../core/http/request.ts';
import { routes } from './route.ts';

/** One answer, whoever has the domain and why: whose it is must not be learned. */
const IN_USE =
  'This domain is already in use. If another account of yours has it, delete it there, remove its old DKIM records from DNS, wait until they are gone, and add it again. Otherwise, ask the operator of this service.';

/** The answer to what adding or verifying came to. */
function refusalOf({ outcome }: DomainRefusal, { plan }: Caller): Refusal {
  if (outcome !== 'full') return new Refusal('Conflict', IN_USE);
  const domains = plan.domains === 1 ? 'one domain' : `${plan.domains} domains`;
  const message = `The account's plan allows ${domains}, and the account already has that many. Delete one, or move to a larger plan.`;
  return new Refusal('Plan limit reached', message);
}

/** What managing domains touches. */
export type ManageDomainsDeps = HttpDeps & VerifyDeps;

type OneRequest = ApiRequest<typeof routes.one>;

/** The domain that the path names, if this key may see it. */
async function findOne({ caller, params, notFound, note }: OneRequest, deps: ManageDomainsDeps) {
  const read = readDomainName(params.name);
  const bound = onlyDomain(caller);
  const name = 'name' in read && (bound ?? read.name) === read.name ? read.name : undefined;
  const domain = name === undefined ? undefined : await deps.domains.find(name);
  if (domain?.account !== caller.account.id) throw notFound();
  note({ domain: domain.name });
  return domain;
}

async function shown(domain: Domain, { identities }: ManageDomainsDeps) {
  return domainView(domain, await identities.region());
}

/** What the caller is told; whose or what is in the way is for the operator's log only. */
function refuse(
  refused: DomainRefusal,
  { caller, note }: ApiRequest<typeof routes.add> | ApiRequest<typeof routes.verify>,
): Refusal {
  note({ refused: refused.outcome });
  return refusalOf(refused, caller);
}

function list(
  { caller, page }: ApiRequest<typeof routes.list>,
  deps: ManageDomainsDeps,
): Promise<Reply> {
  const account = caller.account.id;
  return pageReply(page, {
    list: [account, 'domains'],
    read: (wanted) => deps.domains.page(account, wanted),
    view: (domain) => shown(domain, deps),
  });
}

async function add(
  request: ApiRequest<typeof routes.add>,
  deps: ManageDomainsDeps,
): Promise<Reply> {
  const read = readDomainName(request.body.name, [request.host]);
  if ('problem' in read) {
    throw new Refusal('Validation failed', `The 'name' field ${read.problem}.`);
  }
  request.note({ domain: read.name });
  const { account, plan } = request.caller;
  const wanted = { name: read.name, account: account.id, limit: plan.domains };
  const added = await addDomain(wanted, deps);
  if (!('domain' in added)) throw refuse(added, request);
  return json(added.outcome === 'added' ? 201 : 200, await shown(added.domain, deps));
}

async function show(request: OneRequest, deps: ManageDomainsDeps): Promise<Reply> {
  return json(200, await shown(await findOne(request, deps), deps));
}

async function verify(
  request: ApiRequest<typeof routes.verify>,
  deps: ManageDomainsDeps,
): Promise<Reply> {
  const domain = await findOne(request, deps);
  const verified = await verifyDomain(domain, request.caller.plan.domains, deps);
  if (!('domain' in verified)) {
    if (verified.outcome === 'taken') throw request.notFound();
    throw refuse(verified, request);
  }
  return json(200, await shown(verified.domain, deps));
}

async function remove(
  request: ApiRequest<typeof routes.remove>,
  deps: ManageDomainsDeps,
): Promise<Reply> {
  const domain = await findOne(request, deps);
  if (!(await removeDomain(domain, deps))) throw request.notFound();
  return noContent();
}

/** An account's sending domains. */
export function createHandler(deps: ManageDomainsDeps): ApiHandler {
  return apiHandler(deps, routes, {
    list: (request) => list(request, deps),
    add: (request) => add(request, deps),
    one: (request) => show(request, deps),
    verify: (request) => verify(request, deps),
    remove: (request) => remove(request, deps),
  });
}
