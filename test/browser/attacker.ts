import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A PNG of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Paths of what is an image; of everything else the dashboard may fetch nothing, whatever the user chooses. */
const IMAGES = ['/image', '/background', '/style-background', '/srcset'];

/** HTML of a mail that tries whatever a page can do to the page around it, or to reach its sender. */
function hostileHtml(origin: string): string {
  const took = `parent.document.title='taken';top.location='${origin}/top'`;
  const told = (path: string) =>
    `fetch('${origin}${path}');window.open('${origin}/opened');${took}`;
  return `<!doctype html><html><head>
<meta http-equiv="refresh" content="0;url=${origin}/refresh">
<base href="${origin}/" target="_top">
<link rel="stylesheet" href="${origin}/stylesheet">
<link rel="preconnect" href="${origin}">
<link rel="prefetch" href="${origin}/prefetch">
<link rel="icon" href="${origin}/icon">
<style>@import url("${origin}/import");
@font-face { font-family: theirs; src: url("${origin}/font") }
p { font-family: theirs } h2 { background: url("${origin}/style-background") }</style>
<script>${told('/script')}</script><script src="${origin}/script-file"></script></head>
<body onload="${told('/onload')}">
<h2>Prizes inside</h2>
<p style="background: url('${origin}/background')">You have won.</p>
<img src="${origin}/image" alt=""><img src="relative" alt="">
<img srcset="${origin}/srcset 1x" alt="">
<img src="data:none" alt="" onerror="${told('/onerror')};document.forms[0].submit()">
<svg onload="${told('/svg')}"></svg>
<video src="${origin}/video" autoplay></video><audio src="${origin}/audio" autoplay></audio>
<object data="${origin}/object"></object><embed src="${origin}/embed">
<iframe src="${origin}/iframe"></iframe>
<iframe srcdoc="<script>${told('/srcdoc')}</script>"></iframe>
<form action="${origin}/form" method="post" target="_top">
<input autofocus onfocus="${told('/onfocus')}"><button>Claim the prize</button></form>
<a href="javascript:${told('/javascript-link')}">Read more</a>
<a href="${origin}/blank" target="_blank" ping="${origin}/ping">Visit us</a>
<a href="${origin}/self" target="_self">Our terms</a>
<b onclick="${told('/onclick')}">Press here</b>
<p>The end of the mail.</p>
</body></html>`;
}

/** A stranger's server, which counts who comes. */
export async function startAttacker() {
  const paths: string[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split('?');
    paths.push(path);
    if (IMAGES.includes(path)) response.writeHead(200, { 'content-type': 'image/png' }).end(PIXEL);
    else if (path === '/mail') response.writeHead(200, { 'content-type': 'text/html' }).end(html);
    else if (path === '/around') {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<iframe src="${query}"></iframe>`);
    } else response.writeHead(204, { 'access-control-allow-origin': '*' }).end();
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const html = hostileHtml(origin);
  return {
    origin,
    html,
    images: IMAGES,
    /** What was asked for, and how often somebody connected, since the last time this was called. */
    seen() {
      const found = { paths: paths.splice(0).sort(), connections };
      connections = 0;
      return found;
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
