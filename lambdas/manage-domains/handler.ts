import { LIMITS } from '../core/contract/limits.ts';
import { addDomain, type Refused } from '../core/domain/add.ts';
import type { Domain } from '../core/domain/domain.ts';
import { readDomainName } from '../core/domain/name.ts';
import { removeDomain } from '../core/domain/remove.ts';
import { type VerifyDeps, verifyDomain } from '../core/domain/verify.ts';
import { domainView } from '../core/domain/view.ts';
import {
  type ApiHandler,
  type ApiRequest,
  apiHandler,
  type HttpDeps,
} from '../core/http/api-handler.ts';
import { parseBody } from '../core/http/body.ts';
import { onlyDomain } from '../core/http/caller.ts';
import { readCursor, writeCursor } from '../core/http/cursor.ts';
import { Refusal } from '../core/http/refusal.ts';
import { json, noContent, type Reply } from '../core/http/request.ts';
import { mayChange, noDomain, refusalOf } from './refusals.ts';
import { routes } from './route.ts';

/** What managing domains touches. */
export type ManageDomainsDeps = HttpDeps & VerifyDeps;

/** The domain that the path names, if this key may see it. */
async function findOne({ caller, path, note }: ApiRequest, deps: ManageDomainsDeps) {
  const read = readDomainName(path.name ?? '');
  const bound = onlyDomain(caller);
  const name = 'name' in read && (bound ?? read.name) === read.name ? read.name : undefined;
  const domain = name === undefined ? undefined : await deps.domains.find(name);
  if (domain?.account !== caller.account.id) throw noDomain();
  note({ domain: domain.name });
  return domain;
}

async function shown(domain: Domain, { identities }: ManageDomainsDeps) {
  return domainView(domain, await identities.region());
}

/** What the caller is told; whose or what is in the way is for the operator's log only. */
function refuse(refused: Refused, request: ApiRequest): Refusal {
  request.note({ refused: refused.outcome });
  return refusalOf(refused, request.caller);
}

async function list(request: ApiRequest, deps: ManageDomainsDeps): Promise<Reply> {
  const { limit = LIMITS.pageSize.default, cursor } = parseBody(routes.list.query, request.query);
  const account = request.caller.account.id;
  const bound = [account, 'domains'];
  const start = cursor === undefined ? {} : { position: readCursor(bound, cursor) };
  const page = await deps.domains.page(account, { limit, ...start });
  const data = await Promise.all(page.domains.map((each) => shown(each, deps)));
  const nextCursor = page.position === null ? null : writeCursor(bound, page.position);
  return json(200, { data, nextCursor });
}

async function add(request: ApiRequest, deps: ManageDomainsDeps): Promise<Reply> {
  mayChange(request.caller);
  const { name: written } = parseBody(routes.add.body, request.body);
  const read = readDomainName(written, [request.host]);
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

async function show(request: ApiRequest, deps: ManageDomainsDeps): Promise<Reply> {
  return json(200, await shown(await findOne(request, deps), deps));
}

async function verify(request: ApiRequest, deps: ManageDomainsDeps): Promise<Reply> {
  mayChange(request.caller);
  const domain = await findOne(request, deps);
  parseBody(routes.verify.body, request.body);
  const verified = await verifyDomain(domain, request.caller.plan.domains, deps);
  if (!('domain' in verified)) {
    if (verified.outcome === 'taken') throw noDomain();
    throw refuse(verified, request);
  }
  return json(200, await shown(verified.domain, deps));
}

async function remove(request: ApiRequest, deps: ManageDomainsDeps): Promise<Reply> {
  mayChange(request.caller);
  const domain = await findOne(request, deps);
  if (!(await removeDomain(domain, deps))) throw noDomain();
  return noContent();
}

/** An account's sending domains. */
export function createHandler(deps: ManageDomainsDeps): ApiHandler {
  return apiHandler(deps, [
    [routes.list, (request) => list(request, deps)],
    [routes.add, (request) => add(request, deps)],
    [routes.one, (request) => show(request, deps)],
    [routes.verify, (request) => verify(request, deps)],
    [routes.remove, (request) => remove(request, deps)],
  ]);
}
