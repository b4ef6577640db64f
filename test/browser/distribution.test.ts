import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { call, type Dashboard, heading, openDashboard, signInAt } from './dashboard.ts';

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await openDashboard();
});
afterAll(() => dashboard.close());

/** What a request gets, without what is of its moment. */
async function answerOf(origin: string, path: string, init: RequestInit) {
  const answer = await fetch(`${origin}${path}`, init);
  const headers = Object.fromEntries(answer.headers);
  for (const name of Object.keys(headers)) {
    if (/^(date|connection|keep-alive|ratelimit.*|x-ratelimit.*|.*request-id)$/.test(name)) {
      delete headers[name];
    }
  }
  return { status: answer.status, headers, body: await answer.text() };
}

describe('the API below the dashboard', () => {
  const unverified = { from: 'a@b.example', to: 'c@d.example', subject: 'x', text: 'x' };

  it.each([
    [401, 'emails', {}],
    [403, 'emails', { method: 'POST', body: JSON.stringify(unverified), authorized: true }],
    [404, 'emails/em_nothing', { authorized: true }],
    [404, 'nothing.html', { authorized: true }],
    [400, 'emails', { method: 'POST', body: '{', authorized: true }],
  ])(
    'answers its own %i at %s, never the page',
    async (status, path, { authorized, ...init }: RequestInit & { authorized?: boolean }) => {
      const { apiUrl, dashboardUrl, key } = dashboard.system;
      const headers = authorized ? { authorization: `Bearer ${key}` } : {};
      const there = await answerOf(apiUrl, `/api/v1/${path}`, { ...init, headers });
      const here = await answerOf(dashboardUrl, `/api/v1/${path}`, { ...init, headers });
      expect(here).toEqual(there);
      expect(here.status).toBe(status);
      expect(JSON.parse(here.body)).toMatchObject({
        error: expect.any(String),
        message: expect.any(String),
      });
    },
  );
});

describe('an address of the dashboard', () => {
  it.each(['/', '/domains/mail.example.com', '/emails/em_1', '/domains/a.b/c.d', '/nowhere'])(
    '%s answers the page, with its policy',
    async (path) => {
      const answer = await fetch(`${dashboard.system.dashboardUrl}${path}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toContain('text/html');
      expect(await answer.text()).toContain('<div id="root">');
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(answer.headers.get('cache-control')).toMatch(/no-cache|no-store/);
    },
  );

  it.each(['/assets/none', '/assets/none.js', '/frame/none.html', '/none.txt'])(
    '%s, which names a file that is not there, answers no page',
    async (path) => {
      const answer = await fetch(`${dashboard.system.dashboardUrl}${path}`);
      expect([403, 404]).toContain(answer.status);
      expect(await answer.text()).not.toContain('<div id="root">');
    },
  );

  it('opens at once what it names, after the sign-in', async () => {
    const body = {
      from: 'hello@maillayer.test',
      to: 'ada@example.com',
      subject: 'Deep',
      text: 'x',
    };
    const { id } = await call(dashboard.system, { path: 'emails', body });
    await dashboard.visit(async (page) => {
      await signInAt(page, dashboard, `/emails/${id}`);
      await heading(page, 'Deep');
      expect(new URL(page.url()).pathname).toBe(`/emails/${id}`);
      await page.goto('/domains/maillayer.test');
      await heading(page, /maillayer\.test/);
      await page.goto('/domains/not.mine.example');
      await page.getByRole('heading', { name: 'Your account does not have this domain' }).waitFor();
      await page.goto('/nowhere/at.all');
      await page.getByRole('navigation', { name: 'Pages' }).waitFor();
      await heading(page, /not|no such/i);
    });
  });
});
