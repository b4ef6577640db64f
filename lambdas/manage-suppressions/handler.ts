import { type ApiHandler, apiHandler, type HttpDeps } from '../core/http/api-handler.ts';
import type { ApiRequest } from '../core/http/input.ts';
import { pageReply } from '../core/http/pages.ts';
import { Refusal } from '../core/http/refusal.ts';
import { json, noContent, type Reply } from '../core/http/request.ts';
import type { Suppression, SuppressionStore } from '../core/suppression/suppression.ts';
import { suppressionView } from '../core/suppression/view.ts';
import { mailboxOf, parseMailbox } from '../core/value/address.ts';
import { routes } from './route.ts';

/** What managing suppressions touches. */
export type ManageSuppressionsDeps = HttpDeps & {
  readonly suppressions: Pick<SuppressionStore, 'find' | 'list' | 'add' | 'remove'>;
};

type OneRequest = ApiRequest<typeof routes.one>;

/**
 * The normalised addresses that the path can mean. API Gateway decodes a path before it chooses the route,
 * so the slash that an address may hold arrives only if it was encoded twice.
 */
function addressesOf({ params }: OneRequest): string[] {
  const { address } = params;
  const spellings = [...new Set([address, address.replace(/%2f/gi, '/')])];
  return spellings.flatMap((each) => {
    const parsed = parseMailbox(each);
    return 'mailbox' in parsed ? [parsed.mailbox.key] : [];
  });
}

/** The entry that the path names; 404 where there is none. */
async function findOne(request: OneRequest, deps: ManageSuppressionsDeps): Promise<Suppression> {
  for (const address of addressesOf(request)) {
    const found = await deps.suppressions.find(request.caller.account.id, address, deps.now());
    if (found) return found;
  }
  throw request.notFound();
}

function list(
  { caller, page }: ApiRequest<typeof routes.list>,
  { suppressions, now }: ManageSuppressionsDeps,
): Promise<Reply> {
  const account = caller.account.id;
  return pageReply(page, {
    list: [account, 'suppressions'],
    read: (wanted) => suppressions.list(account, wanted, now()),
    view: suppressionView,
  });
}

async function add(
  { caller, body }: ApiRequest<typeof routes.add>,
  deps: ManageSuppressionsDeps,
): Promise<Reply> {
  const account = caller.account.id;
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

async function remove(
  request: ApiRequest<typeof routes.remove>,
  deps: ManageSuppressionsDeps,
): Promise<Reply> {
  const { address } = await findOne(request, deps);
  const at = new Date(deps.now()).toISOString();
  await deps.suppressions.remove(request.caller.account.id, address, at);
  return noContent();
}

/** An account's suppressions: the list, one, add and remove. */
export function createHandler(deps: ManageSuppressionsDeps): ApiHandler {
  return apiHandler(deps, routes, {
    list: (request) => list(request, deps),
    add: (request) => add(request, deps),
    one: async (request) => json(200, suppressionView(await findOne(request, deps))),
    remove: (request) => remove(request, deps),
  });
}
