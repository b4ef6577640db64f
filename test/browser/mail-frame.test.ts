import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { startAttacker } from './attacker.ts';
import { call, type Dashboard, heading, openDashboard, signInAt } from './dashboard.ts';

let dashboard: Dashboard;
let attacker: Awaited<ReturnType<typeof startAttacker>>;

beforeAll(async () => {
  [dashboard, attacker] = await Promise.all([openDashboard(), startAttacker()]);
});
afterAll(() => Promise.all([dashboard.close(), attacker.stop()]));

async function sendHostileMail(): Promise<string> {
  const body = {
    from: 'hello@maillayer.test',
    to: 'ada@example.com',
    subject: 'Prizes',
    html: attacker.html,
  };
  const { id } = await call(dashboard.system, { path: 'emails', body });
  return `/emails/${id}`;
}

/** What a mail could change in the page around it. */
function traces(page: Page): Promise<Record<string, unknown>> {
  return page.evaluate(`({
    title: document.title,
    location: location.href,
    storage: { ...localStorage },
    session: { ...sessionStorage },
    heading: document.querySelector('h1').textContent,
    scripts: document.scripts.length,
    frames: frames.length,
  })`);
}

const frameOf = (page: Page) => page.frameLocator('iframe[title="Email preview"]');

/** Whatever in the mail can be pressed is pressed. */
async function pressEverything(page: Page): Promise<void> {
  const mail = frameOf(page);
  for (const name of ['Read more', 'Visit us', 'Our terms']) {
    await mail.getByRole('link', { name }).click();
    await mail.getByRole('link', { name }).click({ button: 'middle' });
  }
  await mail.getByRole('button', { name: 'Claim the prize' }).click();
  await mail.getByText('Press here').click();
  await mail.getByRole('textbox').press('Enter');
  await mail.getByText('The end of the mail.').waitFor();
}

/** The browser has done all that stood before this when it has asked for one thing more. */
async function untilQuiet(page: Page): Promise<void> {
  const other = await page.context().newPage();
  await other.goto(`${dashboard.system.dashboardUrl}/favicon.svg`);
  await other.close();
}

describe('a mail that attacks whoever reads it', () => {
  it('does what it wants in an ordinary page', async () => {
    await dashboard.visit(
      async (page) => {
        const done = ['/script', '/top'].map((path) =>
          page.waitForRequest(`${attacker.origin}${path}`),
        );
        await page.goto(`${attacker.origin}/mail`, { waitUntil: 'commit' });
        await Promise.all(done);
      },
      { quiet: false },
    );
    expect(attacker.seen().paths).toEqual(
      expect.arrayContaining(['/mail', '/script', '/script-file', '/stylesheet']),
    );
  });

  it('reaches nobody and changes nothing in the dashboard, and images load on demand only', async () => {
    const path = await sendHostileMail();
    attacker.seen();
    await dashboard.visit(
      async (page) => {
        const pages: string[] = [];
        page.context().on('page', (other) => pages.push(other.url()));
        await signInAt(page, dashboard, path);
        await heading(page, 'Prizes');
        await page
          .getByRole('status', { name: 'Status of the email' })
          .getByText('Delivered')
          .waitFor();
        // The mail's own frame may not be in the page yet, and it has to stay the only one.
        const before = { ...(await traces(page)), frames: 1 };
        await frameOf(page).getByText('The end of the mail.').waitFor();
        await pressEverything(page);
        expect(pages).toEqual([]);
        await untilQuiet(page);
        expect(attacker.seen()).toEqual({ paths: [], connections: 0 });
        expect(await traces(page)).toEqual(before);

        const images = Promise.all(
          attacker.images.map((image) => page.waitForResponse(`${attacker.origin}${image}`)),
        );
        await page.getByRole('button', { name: 'Show remote images' }).click();
        await images;
        await pressEverything(page);
        await untilQuiet(page);
        expect(attacker.seen().paths).toEqual([...attacker.images].sort());
        expect(await traces(page)).toEqual(before);
      },
      { quiet: false },
    );
  });
});

describe('the page that a mail is shown in', () => {
  it.each([
    ['mail.html', 'img-src data:'],
    ['mail-images.html', 'img-src data: https: http:'],
  ])('%s has a policy that shuts it off', async (name, images) => {
    const answer = await fetch(`${dashboard.system.dashboardUrl}/frame/${name}`);
    expect(answer.status).toBe(200);
    const policy = (answer.headers.get('content-security-policy') ?? '').split(/;\s*/);
    expect(policy).toEqual(
      expect.arrayContaining([
        'sandbox allow-scripts',
        "default-src 'none'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
        images,
      ]),
    );
    const scripts = policy.filter((directive) => directive.startsWith('script-src'));
    expect(scripts).toEqual([expect.stringMatching(/^script-src 'sha256-[^' ]+'$/)]);
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('does not open inside the page of a stranger', async () => {
    await dashboard.visit(
      async (page) => {
        const refused = page.waitForEvent('console', (message) =>
          message.text().includes('frame-ancestors'),
        );
        const inside = `${dashboard.system.dashboardUrl}/frame/mail.html`;
        await page.goto(`${attacker.origin}/around?${inside}`);
        await refused;
      },
      { quiet: false },
    );
  });
});
