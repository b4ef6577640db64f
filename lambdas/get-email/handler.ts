import { LIMITS } from '../core/contract/limits.ts';
import { mailboxOf } from '../core/email/address.ts';
import type { Email } from '../core/email/email.ts';
import type { EmailStore, ListQuery } from '../core/email/email-store.ts';
import { recipientsOf } from '../core/email/send-request.ts';
import { statusOf } from '../core/email/status.ts';
import type { TimelineEntry } from '../core/email/timeline.ts';
import { emailView } from '../core/email/view.ts';
import {
  type ApiHandler,
  type ApiRequest,
  apiHandler,
  type HttpDeps,
} from '../core/http/api-handler.ts';
import { parseBody } from '../core/http/body.ts';
import { environmentOf, onlyDomain } from '../core/http/caller.ts';
import { readCursor, writeCursor } from '../core/http/cursor.ts';
import { collect, type PageQuery } from '../core/http/pages.ts';
import { json, type Reply } from '../core/http/request.ts';
import { closedBecause, type GateStore } from '../core/sending/gate.ts';
import { type ContentDeps, getContent } from './content.ts';
import { findVisible, isVisible } from './find-visible.ts';
import { type EmailQuery, routes } from './route.ts';

/** What reading emails touches. */
export type GetEmailDeps = HttpDeps &
  ContentDeps & {
    readonly emails: Pick<EmailStore, 'find' | 'list'>;
    readonly gate: Pick<GateStore, 'read'>;
  };

/** Why a queued mail waits although nothing is wrong with it: the whole account may not send. */
async function waiting(email: Email, deps: GetEmailDeps): Promise<TimelineEntry[]> {
  if (email.environment !== 'live' || statusOf(email) !== 'queued') return [];
  const reason = closedBecause(await deps.gate.read());
  const timestamp = new Date(deps.now()).toISOString();
  return reason ? [{ type: 'waiting', recipient: null, timestamp, message: reason.message }] : [];
}

async function getOne(request: ApiRequest, deps: GetEmailDeps): Promise<Reply> {
  const email = await findVisible(request, deps.emails);
  const view = emailView(email);
  return json(200, { ...view, events: [...view.events, ...(await waiting(email, deps))] });
}

function matches(email: Email, query: EmailQuery, request: ApiRequest): boolean {
  if (!isVisible(email, request.caller)) return false;
  if (query.status !== undefined && statusOf(email) !== query.status) return false;
  if (query.tag !== undefined && !email.tags?.includes(query.tag)) return false;
  if (query.recipient === undefined) return true;
  const { key } = mailboxOf(query.recipient);
  return recipientsOf(email).some((each) => each.key === key);
}

async function getList(request: ApiRequest, deps: GetEmailDeps): Promise<Reply> {
  const { account } = request.caller;
  const query = parseBody(routes.list.query, request.query);
  const { limit = LIMITS.pageSize.default, cursor, status, tag, recipient, after, before } = query;
  const environment = environmentOf(request.caller, query.environment);
  const domain = onlyDomain(request.caller);
  const bound = [account.id, environment, domain, status, tag, recipient, after, before];
  const filters: Omit<ListQuery, 'limit' | 'position'> = {
    account: account.id,
    environment,
    ...(recipient === undefined ? {} : { recipient: mailboxOf(recipient).key }),
    ...(after === undefined ? {} : { after }),
    ...(before === undefined ? {} : { before }),
  };
  const read = async (page: PageQuery) => {
    const { emails, position } = await deps.emails.list({ ...filters, ...page });
    return { entries: emails, position };
  };
  const start = cursor === undefined ? {} : { position: readCursor(bound, cursor) };
  const page = await collect({ limit, ...start }, read, (email) => matches(email, query, request));
  const nextCursor = page.position === null ? null : writeCursor(bound, page.position);
  return json(200, { data: page.entries.map(emailView), nextCursor });
}

/** One email's state or content, or a page of the account's emails in the key's environment. */
export function createHandler(deps: GetEmailDeps): ApiHandler {
  return apiHandler(deps, [
    [routes.one, (request) => getOne(request, deps)],
    [routes.content, (request) => getContent(request, deps)],
    [routes.list, (request) => getList(request, deps)],
  ]);
}
