import { decodeWords } from './encoded-words.ts';
import { type Html, html } from './html.ts';
import { longTime } from './inbox-list-view.ts';
import type { Mail, MailAttachment } from './mail.ts';
import { mailHeaders, mailSource } from './source.ts';

const VIEWS = { html: 'HTML', text: 'Text', headers: 'Headers', source: 'Source' } as const;
export type View = keyof typeof VIEWS;

/** Characters of a source that a browser shows without effort. */
const MOST_SHOWN = 256 * 1024;

/** The view that is asked for, else the richest that the mail has. */
export function readView(query: URLSearchParams, mail: Mail): View {
  const asked = query.get('view') ?? '';
  if (Object.hasOwn(VIEWS, asked)) return asked as View;
  return mail.html === null ? 'text' : 'html';
}

export async function mailMain(mail: Mail, view: View): Promise<Html> {
  const body = await viewBody(mail, view);
  return html`<article class="mail">
<p class="back"><a href="/">← Inbox</a></p>
<h1>${mail.subject || '(no subject)'}</h1>
<dl class="facts">${facts(mail)}</dl>
${attachments(mail)}
<nav class="tabs" aria-label="Parts of the mail">${Object.entries(VIEWS).map(([name, label]) =>
    tab(mail, name, label, name === view),
  )}</nav>
<section class="view ${view}" aria-label="${VIEWS[view]}">${body}</section>
</article>`;
}

function facts(mail: Mail): readonly Html[] {
  const tags = Object.entries(mail.tags).map(([name, value]) => `${name}: ${value}`);
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['From', [decodeWords(mail.from)]],
    ['To', mail.to.map(decodeWords)],
    ['Cc', mail.cc.map(decodeWords)],
    ['Bcc', mail.bcc.map(decodeWords)],
    ['Reply to', mail.replyTo.map(decodeWords)],
  ];
  const technical: typeof rows = [
    ['Message id', [mail.id]],
    ['Configuration set', mail.configurationSet === null ? [] : [mail.configurationSet]],
    ['Tags', tags],
  ];
  const received = html`<div><dt>Received</dt><dd><time datetime="${mail.receivedAt}">${longTime(mail.receivedAt)}</time></dd></div>`;
  return [...rows.map(fact), received, ...technical.map(fact)];
}

function fact([name, values]: readonly [string, readonly string[]]): Html {
  if (values.length === 0) return html``;
  const items = values.map((value) => html`<span class="value">${value}</span>`);
  return html`<div><dt>${name}</dt><dd>${items}</dd></div>`;
}

function attachments(mail: Mail): Html {
  if (mail.attachments.length === 0) return html``;
  const item = ({ fileName, contentType, size }: MailAttachment, n: number) =>
    html`<li><a href="/mail/${mail.id}/attachments/${n}" download>${fileName}</a> <span class="dim">${contentType}, ${readableSize(size)}</span></li>`;
  return html`<ul class="attachments" aria-label="Attachments">${mail.attachments.map(item)}</ul>`;
}

function tab(mail: Mail, name: string, label: string, isCurrent: boolean): Html {
  const current = isCurrent ? html` aria-current="page"` : html``;
  return html`<a href="/mail/${mail.id}?view=${name}"${current}>${label}</a>`;
}

async function viewBody(mail: Mail, view: View): Promise<Html> {
  switch (view) {
    case 'html':
      return mail.html === null
        ? missing('HTML')
        : html`<iframe sandbox src="/mail/${mail.id}/html" title="The mail's HTML"></iframe>`;
    case 'text':
      return mail.text === null
        ? missing('plain text')
        : html`<pre tabindex="0">${mail.text}</pre>`;
    case 'headers':
      return html`<table><tbody>${mailHeaders(mail).map(
        ({ name, value }) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`,
      )}</tbody></table>`;
    case 'source':
      return sourceBody(mail);
  }
}

async function sourceBody(mail: Mail): Promise<Html> {
  const source = await mailSource(mail);
  const cut =
    source.length > MOST_SHOWN
      ? html` <span class="dim">Only its first ${readableSize(MOST_SHOWN)} are shown here.</span>`
      : html``;
  return html`<p class="download"><a href="/mail/${mail.id}/source" download>Download as .eml</a>${cut}</p><pre tabindex="0">${source.slice(0, MOST_SHOWN)}</pre>`;
}

function missing(what: string): Html {
  return html`<p class="missing">This mail has no ${what} part.</p>`;
}

function readableSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
