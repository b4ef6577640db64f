import { contentView } from '../core/email/content-view.ts';
import type { Email } from '../core/email/email.ts';
import type { ContentStore, EmailStore } from '../core/email/email-store.ts';
import { recipientsOf } from '../core/email/send-request.ts';
import { statusOf } from '../core/email/status.ts';
import type { TimelineEntry } from '../core/email/timeline.ts';
import { emailView } from '../core/email/view.ts';
import { type ApiHandler, apiHandler, type HttpDeps } from '../core/http/api-handler.ts';
import { environmentOf, onlyDomain } from '../core/http/caller.ts';
import type { ApiRequest } from '../core/http/input.ts';
import { pageReply } from '../core/http/pages.ts';
import { Refusal } from '../core/http/refusal.ts';
import { json, type Reply } from '../core/http/request.ts';
import { closedBecause, type GateStore } from '../core/sending/gate.ts';
import { mailboxOf } from '../core/value/address.ts';
import { findVisible, isVisible } from './find-visible.ts';
import { routes } from './route.ts';

/** What reading a content touches. */
type ContentDeps = {
  readonly emails: Pick<EmailStore, 'find'>;
  readonly contents: Pick<ContentStore, 'find'>;
};

/** `GET /api/v1/emails/{id}/content`. */
async function getContent(
  request: ApiRequest<typeof routes.content>,
  deps: ContentDeps,
): Promise<Reply> {
  const email = await findVisible(request, deps.emails);
  const content = await deps.contents.find(email);
  if (!content) {
    const message =
      'The content of this email has expired. You can still read its status: request the same path without /content.';
    throw new Refusal('Not found', message);
  }
  return json(200, contentView(email, content));
}

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

async function getOne(request: ApiRequest<typeof routes.one>, deps: GetEmailDeps): Promise<Reply> {
  const email = await findVisible(request, deps.emails);
  const view = emailView(email);
  return json(200, { ...view, events: [...view.events, ...(await waiting(email, deps))] });
}

type ListRequest = ApiRequest<typeof routes.list>;

function matches(email: Email, { caller, query }: ListRequest): boolean {
  if (!isVisible(email, caller)) return false;
  if (query.status !== undefined && statusOf(email) !== query.status) return false;
  if (query.tag !== undefined && !email.tags?.includes(query.tag)) return false;
  if (query.recipient === undefined) return true;
  const { key } = mailboxOf(query.recipient);
  return recipientsOf(email).some((each) => each.key === key);
}

async function getList(request: ListRequest, { emails }: GetEmailDeps): Promise<Reply> {
  const { caller, query, page } = request;
  const { status, tag, recipient, after, before } = query;
  const account = caller.account.id;
  const environment = environmentOf(caller, query.environment);
  const filters = {
    account,
    environment,
    ...(recipient === undefined ? {} : { recipient: mailboxOf(recipient).key }),
    ...(after === undefined ? {} : { after }),
    ...(before === undefined ? {} : { before }),
  };
  return pageReply(page, {
    list: [account, environment, onlyDomain(caller), status, tag, recipient, after, before],
    read: (wanted) => emails.list({ ...filters, ...wanted }),
    isVisible: (email) => matches(email, request),
    view: emailView,
  });
}

/** One email's state or content, or a page of the account's emails in the key's environment. */
export function createHandler(deps: GetEmailDeps): ApiHandler {
  return apiHandler(deps, routes, {
    one: (request) => getOne(request, deps),
    content: (request) => getContent(request, deps),
    list: (request) => getList(request, deps),
  });
}
