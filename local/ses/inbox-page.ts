import { badRequest, SesError } from './errors.ts';
import { html } from './html.ts';
import { type Handler, type Route, route } from './http.ts';
import { findMail, listPage, readFilter } from './inbox-api.ts';
import { assetRoutes, page, send, sendPage } from './inbox-layout.ts';
import { listHeader, listMain } from './inbox-list-view.ts';
import { mailMain, readView } from './inbox-mail-view.ts';
import type { Mail } from './mail.ts';
import type { Mails } from './mails.ts';
import { mailSource } from './source.ts';

/** Lets a shown mail do nothing but show what it carries itself. */
const MAIL_POLICY =
  "sandbox; default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The inbox for people: the list, one mail, and the mail's parts under addresses of their own. */
export function inboxPageRoutes(mails: Mails): readonly Route[] {
  return [
    ...assetRoutes(),
    route('GET', '/', pageErrors(listPageHandler(mails))),
    route(
      'GET',
      '/mail/{id}',
      pageErrors(async (call, response) => {
        const mail = findMail(mails, call);
        const main = await mailMain(mail, readView(call.query, mail));
        sendPage(response, 200, page(mail.subject || '(no subject)', html``, main));
      }),
    ),
    route('GET', '/mail/{id}/html', (call, response) => {
      const body = withInlineImages(findMail(mails, call));
      send(response, 200, { type: 'text/html; charset=utf-8', policy: MAIL_POLICY, body });
    }),
    route('GET', '/mail/{id}/source', async (call, response) => {
      const mail = findMail(mails, call);
      const type = 'message/rfc822';
      const download = `filename="${mail.id}.eml"`;
      const body = await mailSource(mail);
      send(response, 200, { type, policy: MAIL_POLICY, body, download });
    }),
    route('GET', '/mail/{id}/attachments/{n}', (call, response) => {
      const attachment = findMail(mails, call).attachments[Number(call.params.n)];
      if (!attachment) throw badRequest('The mail has no such attachment.');
      send(response, 200, {
        type: 'application/octet-stream',
        policy: MAIL_POLICY,
        body: Buffer.from(attachment.content, 'base64'),
        download: fileNameParameter(attachment.fileName),
      });
    }),
  ];
}

function listPageHandler(mails: Mails): Handler {
  return (call, response) => {
    const filter = readFilter(call);
    const view = {
      ...listPage(mails, filter),
      count: mails.count(filter.to),
      to: filter.to,
      isFirst: filter.before === undefined,
      origin: `http://${call.host}`,
    };
    const title = filter.to ? `To ${filter.to}` : `${view.count} mails`;
    sendPage(response, 200, page(title, listHeader(view), listMain(view)));
  };
}

/** A person who follows a stale link gets a page, not JSON. */
function pageErrors(handle: Handler): Handler {
  return async (call, response) => {
    try {
      await handle(call, response);
    } catch (error) {
      if (!(error instanceof SesError)) throw error;
      const main = html`<div class="empty"><h1>Nothing here</h1><p>${error.message}</p><p><a href="/">Back to the inbox</a></p></div>`;
      sendPage(response, error.status, page('Nothing here', html``, main));
    }
  };
}

/** Of a `Content-Disposition`: RFC 6266, with RFC 8187 where the name is not plain ASCII. */
function fileNameParameter(name: string): string {
  if (/^[ -~]*$/.test(name)) return `filename="${name.replace(/["\\]/g, '\\$&')}"`;
  const escaped = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename*=UTF-8''${escaped}`;
}

/** Puts attached images in place of their `cid:` addresses, since the page may load nothing. */
function withInlineImages({ html: body, attachments }: Mail): string {
  return attachments.reduce(
    (text, { contentId, contentType, content }) =>
      contentId === null || !/^image\/[\w.+-]+$/.test(contentType)
        ? text
        : text.replaceAll(`cid:${contentId}`, `data:${contentType};base64,${content}`),
    body ?? '',
  );
}
