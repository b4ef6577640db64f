import { badRequest, SesError } from './errors.ts';
import { type Call, type Route, route, sendJson } from './http.ts';
import type { Mail } from './mail.ts';
import type { MailFilter, Mails } from './mails.ts';
import { mailSource } from './source.ts';

const PAGE = { default: 50, most: 1000 };

/** The inbox for programs: `GET /_local/inbox?limit&before&to&count=1`, one mail whole, and clearing it. */
export function inboxRoutes(mails: Mails): readonly Route[] {
  return [
    route('GET', '/_local/inbox', (call, response) => {
      const filter = readFilter(call);
      if (call.query.get('count') === '1') {
        return sendJson(response, 200, { count: mails.count(filter.to) });
      }
      sendJson(response, 200, listPage(mails, filter));
    }),
    route('GET', '/_local/inbox/{id}', async (call, response) => {
      const mail = findMail(mails, call);
      sendJson(response, 200, { ...mail, source: await mailSource(mail) });
    }),
    route('DELETE', '/_local/inbox', (_call, response) => {
      mails.clear();
      sendJson(response, 200, {});
    }),
  ];
}

/** One page of mails and where the next begins; the addresses `limit`, `before` and `to` of a call. */
export function listPage(mails: Mails, filter: MailFilter) {
  const found = mails.list({ ...filter, limit: filter.limit + 1 });
  const data = found.slice(0, filter.limit);
  const next = found.length > data.length ? (data.at(-1)?.id ?? null) : null;
  return { data, next };
}

/** @throws SesError (`BadRequestException`) for a limit that is none */
export function readFilter({ query }: Call): MailFilter {
  const limit = Number(query.get('limit') ?? PAGE.default);
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE.most) {
    throw badRequest(`'limit' must be a whole number from 1 to ${PAGE.most}.`);
  }
  return {
    limit,
    before: query.get('before') ?? undefined,
    to: query.get('to')?.trim() || undefined,
  };
}

/** @throws SesError (`NotFoundException`) */
export function findMail(mails: Mails, { params }: Call): Mail {
  const mail = mails.get(params.id ?? '');
  if (mail) return mail;
  throw new SesError('NotFoundException', `The inbox holds no mail ${params.id}.`);
}
