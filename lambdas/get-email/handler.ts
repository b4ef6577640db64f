import { LIMITS } from '../core/contract/limits.ts';
import { mailboxOf } from '../core/email/address.ts';
import type { Email } from '../core/email/email.ts';
import type { EmailStore, ListQuery } from '../core/email/email-store.ts';
import { recipientsOf } from '../core/email/send-request.ts';
import { statusOf } from '../core/email/status.ts';
import { emailView, type TimelineEntry } from '../core/email/view.ts';
import {
  type ApiHandler,
  type ApiRequest,
  apiHandler,
  type HttpDeps,
} from '../core/http/api-handler.ts';
import { parseBody } from '../core/http/body.ts';
import { readCursor, writeCursor } from '../core/http/cursor.ts';
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

/** Reads pages until `limit` emails match, the list ends, or enough was read for one answer. */
async function collect(query: ListQuery, deps: GetEmailDeps, keep: (email: Email) => boolean) {
  const found: Email[] = [];
  let position = query.position ?? null;
  let reads = 0;
  do {
    const limit = query.limit - found.length;
    const page = await deps.emails.list({ ...query, limit, ...(position ? { position } : {}) });
    found.push(...page.emails.filter(keep));
    position = page.position;
    reads += limit;
  } while (position !== null && found.length < query.limit && reads < LIMITS.pageReads);
  return { found, position };
}

async function getList(request: ApiRequest, deps: GetEmailDeps): Promise<Reply> {
  const { account, key } = request.caller;
  if (key.scope !== routes.list.scope) {
    const message =
      "This API key has the scope 'send' and cannot list emails. Use a key with the scope 'full'.";
    throw new Refusal('Forbidden', message);
  }
  const query = parseBody(routes.list.query, request.query);
  const { limit = LIMITS.pageSize.default, cursor, status, tag, recipient, after, before } = query;
  const bound = [account.id, key.environment, key.domain, status, tag, recipient, after, before];
  const listQuery: ListQuery = {
    account: account.id,
    environment: key.environment,
    limit,
    ...(recipient === undefined ? {} : { recipient: mailboxOf(recipient).key }),
    ...(after === undefined ? {} : { after }),
    ...(before === undefined ? {} : { before }),
    ...(cursor === undefined ? {} : { position: readCursor(bound, cursor) }),
  };
  const { found, position } = await collect(listQuery, deps, (email) =>
    matches(email, query, request),
  );
  const nextCursor = position === null ? null : writeCursor(bound, position);
  return json(200, { data: found.map(emailView), nextCursor });
}

/** One email's state, or a page of the account's emails in the key's environment. */
export function createHandler(deps: GetEmailDeps): ApiHandler {
  return apiHandler(deps, { body: false }, (request) =>
    request.path.id === undefined ? getList(request, deps) : getOne(request, deps),
  );
}
