import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { type Html, html } from './html.ts';
import { type Route, route } from './http.ts';

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#4f46e5"/><path d="M5 8l7 5 7-5M5 7.500h14v9H5z" fill="none" stroke="#fff" stroke-width="1.600" stroke-linejoin="round"/></svg>`;

/** Frames may only come from here, so that a link in a shown mail cannot take its frame elsewhere. */
const PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const STYLE_SHEETS = ['./inbox-base.css', './inbox-list.css', './inbox-mail.css'];

/** A whole page around `main`. */
export function page(title: string, header: Html, main: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Maillayer inbox</title>
<link rel="icon" href="/inbox.svg" type="image/svg+xml">
<link rel="stylesheet" href="/inbox.css">
<script src="/inbox.js" defer></script>
</head>
<body>
<header class="bar"><a class="brand" href="/"><img src="/inbox.svg" alt="" width="28" height="28"><span>Maillayer <b>inbox</b></span></a>${header}</header>
<main>${main}</main>
</body>
</html>
`;
}

export function sendPage(response: ServerResponse, status: number, content: Html): void {
  send(response, status, {
    type: 'text/html; charset=utf-8',
    policy: PAGE_POLICY,
    body: content.markup,
  });
}

export type Answer = {
  readonly type: string;
  readonly policy: string;
  readonly body: string | Buffer;
  readonly download?: string;
};

/** Sends something a browser shows, with all that keeps a hostile mail from doing anything. */
export function send(response: ServerResponse, status: number, answer: Answer): void {
  response.writeHead(status, {
    'content-type': answer.type,
    'content-security-policy': answer.policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    ...(answer.download ? { 'content-disposition': `attachment; ${answer.download}` } : {}),
  });
  response.end(answer.body);
}

/** The pages' own style sheet, script and icon. */
export function assetRoutes(): readonly Route[] {
  const file = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
  const asset = (path: string, type: string, body: string) =>
    route('GET', path, (_call, response) =>
      send(response, 200, { type, policy: PAGE_POLICY, body }),
    );
  return [
    asset('/inbox.css', 'text/css; charset=utf-8', STYLE_SHEETS.map(file).join('\n')),
    asset('/inbox.js', 'text/javascript; charset=utf-8', file('./inbox.js')),
    asset('/inbox.svg', 'image/svg+xml', ICON),
  ];
}
