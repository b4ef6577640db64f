import { decodeWords } from './encoded-words.ts';
import { type Html, html } from './html.ts';
import type { MailSummary } from './mail.ts';

export type ListView = {
  readonly data: readonly MailSummary[];
  readonly next: string | null;
  readonly count: number;
  /** The recipient that the list is narrowed to. */
  readonly to: string | undefined;
  readonly isFirst: boolean;
  readonly origin: string;
};

/** The search for a recipient, beside the page's name. */
export function listHeader({ to }: ListView): Html {
  return html`<form class="search" role="search" action="/" method="get">
<label class="hidden" for="to">Recipient</label>
<input id="to" name="to" type="search" placeholder="Recipient, e.g. ada@example.com" value="${to ?? ''}" autocomplete="off" spellcheck="false">
<button>Find</button>
</form>`;
}

export function listMain(view: ListView): Html {
  const live = view.isFirst ? html` data-live` : html``;
  return html`<div id="list" data-count="${view.count}"${live}>
<div class="heading"><h1>${view.to ? `Mails to ${view.to}` : 'Inbox'}</h1><p class="count" role="status">${plural(view.count)}</p></div>
${view.data.length > 0 ? rows(view) : empty(view)}
${view.next === null ? html`` : html`<p class="more"><a href="${olderLink(view)}">Older mails</a></p>`}
</div>`;
}

/** A moment in this machine's time zone. */
export function longTime(iso: string): string {
  return new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
}

/** Without the day when that is today. */
function shortTime(iso: string): string {
  const at = new Date(iso);
  const isToday = at.toDateString() === new Date().toDateString();
  return isToday ? at.toLocaleTimeString('en-GB') : longTime(iso);
}

function rows({ data }: ListView): Html {
  return html`<ol class="mails">${data.map(row)}</ol>`;
}

function row(mail: MailSummary): Html {
  const [first = '', ...others] = [...mail.to, ...mail.cc, ...mail.bcc].map(decodeWords);
  const more = others.length > 0 ? html` <span class="pill">+${others.length}</span>` : html``;
  return html`<li><a href="/mail/${mail.id}">
<span class="subject">${mail.subject || '(no subject)'}</span>
<span class="from"><span class="hidden">from </span>${decodeWords(mail.from)}</span>
<span class="to"><span class="arrow" aria-hidden="true">→ </span><span class="hidden">to </span>${first}${more}</span>
<time datetime="${mail.receivedAt}">${shortTime(mail.receivedAt)}</time>
</a></li>`;
}

function empty({ to, origin }: ListView): Html {
  if (to) {
    return html`<div class="empty"><h2>No mail to ${to}</h2><p>Enter the whole address, without a display name. <a href="/">Show all mails</a></p></div>`;
  }
  return html`<div class="empty"><h2>No mail yet</h2>
<p>Whatever is sent through this local SES appears here at once; nothing leaves this machine.</p>
<ul><li>Copy the <code>curl</code> line that <code>npm start</code> has printed, and run it in a terminal.</li>
<li>Or send with an AWS SDK from a program of your own, started with this variable.<pre>AWS_ENDPOINT_URL_SESV2=${origin}</pre></li></ul></div>`;
}

function olderLink({ next, to }: ListView): string {
  const query = new URLSearchParams({ before: next ?? '', ...(to ? { to } : {}) });
  return `/?${query}`;
}

function plural(count: number): string {
  return count === 1 ? '1 mail' : `${count.toLocaleString('en-GB')} mails`;
}
