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
import { readCursor, writeCursor } from '../core/http/cursor.ts';
import { collect, type PageQuery } from '../core/http/pages.ts';
import { Refusal } from '../core/http/refusal.ts';
import { json, type Reply } from '../core/http/request.ts';
import { closedBecause, type GateStore } from '../core/sending/gate.ts';
import { type EmailQuery, routes } from './route.ts';

/** What reading emails touches. */
export type GetEmailDeps = HttpDeps & {
  readonly emails: Pick<EmailStore, 'find' | 'list'>;
  readonly gate: Pick<GateStore, 'read'>;
};

/** A key bound to a domain sees that domain's mail only. */
function visible(email: Email, { key }: ApiRequest['caller']): boolean {
  const ofDomain = key.domain === undefined || mailboxOf(email.from).domain === key.domain;
  return email.environment === key.environment && ofDomain;
}

/** Why a queued mail waits although nothing is wrong with it: the whole account may not send. */
async function waiting(email: Email, deps: GetEmailDeps): Promise<TimelineEntry[]> {
  if (email.environment !== 'live' || statusOf(email) !== 'queued') return [];
  const reason = closedBecause(await deps.gate.read());
  const timestamp = new Date(deps.now()).toISOString();
  return reason ? [{ type: 'waiting', recipient: null, timestamp, message: reason.message }] : [];
}

async function getOne(request: ApiRequest, deps: GetEmailDeps): Promise<Reply> {
  const id = request.path.id ?? '';
  const known = /^[0-9a-f]{24}$/.test(id);
  const email = known ? await deps.emails.find(request.caller.account.id, id) : undefined;
  if (!email || !visible(email, request.caller)) {
    const message =
      'There is no email with this id in this account and environment. Emails are kept for a limited time.';
    throw new Refusal('Not found', message);
  }
  request.note({ emailId: email.id });
  const view = emailView(email);
  return json(200, { ...view, events: [...view.events, ...(await waiting(email, deps))] });
}

function matches(email: Email, query: EmailQuery, request: ApiRequest): boolean {
  if (!visible(email, request.caller)) return false;
  if (query.status !== undefined && statusOf(email) !== query.status) return false;
  if (query.tag !== undefined && !email.tags?.includes(query.tag)) return false;
  if (query.recipient === undefined) return true;
  const { key } = mailboxOf(query.recipient);
  return recipientsOf(email).some((each) => each.key === key);
}

async function getList(request: ApiRequest, deps: GetEmailDeps): Promise<Reply> {
  const { account, key } = request.caller;
  const query = parseBody(routes.list.query, request.query);
  const { limit = LIMITS.pageSize.default, cursor, status, tag, recipient, after, before } = query;
  const bound = [account.id, key.environment, key.domain, status, tag, recipient, after, before];
  const filters: Omit<ListQuery, 'limit' | 'position'> = {
    account: account.id,
    environment: key.environment,
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

/** One email's state, or a page of the account's emails in the key's environment. */
export function createHandler(deps: GetEmailDeps): ApiHandler {
  return apiHandler(deps, [
    [routes.one, (request) => getOne(request, deps)],
    [routes.list, (request) => getList(request, deps)],
  ]);
}
