import { LIMITS } from '../core/contract/limits.ts';
import { mailboxOf, parseMailbox } from '../core/email/address.ts';
import {
  type ApiHandler,
  type ApiRequest,
  apiHandler,
  type HttpDeps,
} from '../core/http/api-handler.ts';
import { parseBody } from '../core/http/body.ts';
import { isTestKey } from '../core/http/caller.ts';
import { readCursor, writeCursor } from '../core/http/cursor.ts';
import { collect, type PageQuery } from '../core/http/pages.ts';
import { Refusal } from '../core/http/refusal.ts';
import { json, noContent, type Reply } from '../core/http/request.ts';
import type { Suppression, SuppressionStore } from '../core/suppression/suppression.ts';
import { suppressionView } from '../core/suppression/view.ts';
import { routes } from './route.ts';

/** What managing suppressions touches. */
export type ManageSuppressionsDeps = HttpDeps & {
  readonly suppressions: Pick<SuppressionStore, 'find' | 'list' | 'add' | 'remove'>;
};

function checkMayChange({ caller }: ApiRequest): void {
  if (!isTestKey(caller)) return;
  const message =
    'A test key can read the suppression list but not change it, because the list applies to live email. Use a key that begins with ml_live_.';
  throw new Refusal('Forbidden', message);
}

/**
 * The normalised addresses that the path can mean. API Gateway decodes a path before it chooses the route,
 * so the slash that an address may hold arrives only if it was encoded twice.
 */
function addressesOf({ path }: ApiRequest): string[] {
  const given = path.address ?? '';
  const spellings = [...new Set([given, given.replace(/%2f/gi, '/')])];
  return spellings.flatMap((each) => {
    const parsed = parseMailbox(each);
    return 'mailbox' in parsed ? [parsed.mailbox.key] : [];
  });
}

/** The entry that the path names; 404 where there is none. */
async function findOne(request: ApiRequest, deps: ManageSuppressionsDeps): Promise<Suppression> {
  for (const address of addressesOf(request)) {
    const found = await deps.suppressions.find(request.caller.account.id, address, deps.now());
    if (found) return found;
  }
  throw new Refusal('Not found', 'This address is not on the suppression list of this account.');
}

async function list(request: ApiRequest, deps: ManageSuppressionsDeps): Promise<Reply> {
  const { limit = LIMITS.pageSize.default, cursor } = parseBody(routes.list.query, request.query);
  const account = request.caller.account.id;
  const bound = [account, 'suppressions'];
  const start = cursor === undefined ? {} : { position: readCursor(bound, cursor) };
  const read = async (query: PageQuery) => {
    const page = await deps.suppressions.list(account, query, deps.now());
    return { entries: page.suppressions, position: page.position };
  };
  const page = await collect({ limit, ...start }, read, () => true);
  const nextCursor = page.position === null ? null : writeCursor(bound, page.position);
  return json(200, { data: page.entries.map(suppressionView), nextCursor });
}

async function add(request: ApiRequest, deps: ManageSuppressionsDeps): Promise<Reply> {
  const body = parseBody(routes.add.body, request.body);
  checkMayChange(request);
  const account = request.caller.account.id;
  const address = mailboxOf(body.address).key;
  const find = () => deps.suppressions.find(account, address, deps.now());
  const found = await find();
  // An entry that would expire is replaced by one that an owner adds permanently.
  if (found && found.expiresAt === null) return json(200, suppressionView(found));
  await deps.suppressions.add(account, {
    address,
    reason: 'manual',
    detail: body.detail ?? null,
    emailId: null,
    createdAt: new Date(deps.now()).toISOString(),
    expiresAt: null,
  });
  const kept = await find();
  if (!kept) {
    const message =
      'Another request removed this address from the list at the same moment. Add it again.';
    throw new Refusal('Conflict', message);
  }
  return json(201, suppressionView(kept));
}

async function remove(request: ApiRequest, deps: ManageSuppressionsDeps): Promise<Reply> {
  checkMayChange(request);
  const { address } = await findOne(request, deps);
  const at = new Date(deps.now()).toISOString();
  await deps.suppressions.remove(request.caller.account.id, address, at);
  return noContent();
}

/** An account's suppressions: the list, one, add and remove. */
export function createHandler(deps: ManageSuppressionsDeps): ApiHandler {
  return apiHandler(deps, [
    [routes.list, (request) => list(request, deps)],
    [routes.add, (request) => add(request, deps)],
    [routes.one, async (request) => json(200, suppressionView(await findOne(request, deps)))],
    [routes.remove, (request) => remove(request, deps)],
  ]);
}
