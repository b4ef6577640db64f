import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { control, mailTo, type Running, start, verifyDomain, withContent } from './harness.ts';

let running: Running;
const url = () => running.ses.url;
const get = (path: string) => fetch(`${url()}${path}`);
const page = async (path: string) => (await get(path)).text();

beforeEach(async () => {
  running = await start();
  await verifyDomain(url());
  await control(url(), 'PUT', 'account', { maxSendRate: 1000 });
});
afterEach(() => running.stop());

const HOSTILE = '<script>alert(1)</script>"\'&';

async function sendHostile(): Promise<string> {
  const sent = await running.client.send(
    mailTo(`"${'<img src=x onerror=alert(1)>'}" <ada@example.org>`, {
      ...withContent({
        Subject: { Data: HOSTILE },
        Body: {
          Html: { Data: '<script>parent.x=1</script><img src="cid:logo"><b>Hi</b>' },
          Text: { Data: HOSTILE },
        },
        Headers: [{ Name: 'X-Bad', Value: HOSTILE }],
        Attachments: [
          {
            FileName: '<i>.png',
            ContentType: 'image/png',
            ContentId: 'logo',
            RawContent: Buffer.from('png'),
          },
        ],
      }),
    }),
  );
  return sent.MessageId ?? '';
}

describe('the inbox for programs', () => {
  it('lists newest first, page by page, and counts', async () => {
    for (const n of [1, 2, 3]) await running.client.send(mailTo(`r${n}@example.org`));
    type Page = { data: { to: string[] }[]; next: string | null };
    const first = await control<Page>(url(), 'GET', 'inbox?limit=2');
    const second = await control<Page>(url(), 'GET', `inbox?limit=2&before=${first.next}`);
    expect([first, second].map(({ data }) => data.flatMap(({ to }) => to))).toEqual([
      ['r3@example.org', 'r2@example.org'],
      ['r1@example.org'],
    ]);
    expect(second.next).toBeNull();
    expect(await control(url(), 'GET', 'inbox?count=1')).toEqual({ count: 3 });
    expect(await control(url(), 'GET', 'inbox?count=1&to=R2@example.org')).toEqual({ count: 1 });
    expect((await get('/_local/inbox?limit=0')).status).toBe(400);
  });

  it('gives one mail whole', async () => {
    const id = await sendHostile();
    expect(await control(url(), 'GET', `inbox/${id}`)).toMatchObject({
      id,
      text: HOSTILE,
      html: expect.stringContaining('<b>Hi</b>'),
      attachments: [{ fileName: '<i>.png', size: 3, contentId: 'logo' }],
      source: expect.stringContaining(`Message-ID: <${id}@`),
    });
    expect((await get('/_local/inbox/none')).status).toBe(404);
  });

  it('can be emptied', async () => {
    await sendHostile();
    await control(url(), 'DELETE', 'inbox');
    expect(await control(url(), 'GET', 'inbox')).toEqual({ data: [], next: null });
    expect(await control(url(), 'GET', 'inbox?count=1&to=ada@example.org')).toEqual({ count: 0 });
  });
});

describe('the inbox for people', () => {
  it('says how to send the first mail while it is empty', async () => {
    const text = await page('/');
    expect(text).toContain('No mail yet');
    expect(text).toContain(`AWS_ENDPOINT_URL_SESV2=${url()}`);
  });

  it.each(['/', '?view=html', '?view=text', '?view=headers', '?view=source'])(
    'escapes everything of a hostile mail on %s',
    async (view) => {
      const id = await sendHostile();
      const response = await get(view === '/' ? '/' : `/mail/${id}${view}`);
      const text = await response.text();
      expect(text).not.toMatch(/<script>|<img src=x|<i>|<b>Hi/);
      expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;');
      const policy = response.headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
    },
  );

  it('shows the HTML of a mail in a frame that may run, load and send nothing', async () => {
    const id = await sendHostile();
    expect(await page(`/mail/${id}`)).toContain(`<iframe sandbox src="/mail/${id}/html"`);
    const framed = await get(`/mail/${id}/html`);
    expect(framed.headers.get('content-security-policy')).toMatch(
      /^sandbox; default-src 'none'; img-src data:/,
    );
    const image = Buffer.from('png').toString('base64');
    expect(await framed.text()).toContain(`<img src="data:image/png;base64,${image}">`);
  });

  it('hands out the source and attachments as downloads', async () => {
    const id = await sendHostile();
    const attachment = await get(`/mail/${id}/attachments/0`);
    expect(attachment.headers.get('content-disposition')).toBe('attachment; filename="<i>.png"');
    expect(attachment.headers.get('content-type')).toBe('application/octet-stream');
    expect(await attachment.text()).toBe('png');
    const source = await get(`/mail/${id}/source`);
    expect(source.headers.get('content-disposition')).toBe(`attachment; filename="${id}.eml"`);
    expect((await get(`/mail/${id}/attachments/1`)).status).toBe(400);
  });

  it('narrows the list to one recipient and tells when there is nothing', async () => {
    await running.client.send(mailTo('ada@example.org'));
    expect(await page('/?to=ada@example.org')).toContain('Mails to ada@example.org');
    expect(await page('/?to=bob@example.org')).toContain('No mail to bob@example.org');
    const stale = await get('/mail/none');
    expect([stale.status, stale.headers.get('content-type')]).toEqual([
      404,
      'text/html; charset=utf-8',
    ]);
  });

  it.each(['/inbox.css', '/inbox.js', '/inbox.svg'])('brings its own %s', async (path) => {
    expect((await get(path)).status).toBe(200);
  });
});
