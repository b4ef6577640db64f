import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type Dashboard, openDashboard, signInAt } from './dashboard.ts';
import { seed } from './seeded.ts';

let dashboard: Dashboard;
let seeded: Awaited<ReturnType<typeof seed>>;
beforeAll(async () => {
  dashboard = await openDashboard();
});
afterAll(async () => {
  await Promise.all([dashboard.close(), seeded?.stop()]);
});

/** A state of a page: where it is, what has to be done there, and what shows that it is there. */
type State = readonly [path: string, reach: (page: Page) => Promise<void>];

const text = (words: string | RegExp) => (page: Page) => page.getByText(words).first().waitFor();

const opens = (button: string) => async (page: Page) => {
  await page.getByRole('button', { name: button }).first().click();
  await page.getByRole('dialog').waitFor();
};

const tab = (name: string) => async (page: Page) => {
  await page.getByRole('tab', { name }).click();
};

function states(): Record<string, State> {
  const [delivered, bounced] = seeded.emails;
  const endpoint = `/webhooks/${seeded.endpointId}`;
  return {
    'the overview': ['/', text('Last 30 days')],
    'the overview of test mail': ['/?environment=test', text('Last 30 days')],
    'the emails': ['/emails', text('grace@example.com')],
    'emails that none matches': ['/emails?tag=none', text('No matching emails')],
    'a delivered email': [`/emails/${delivered}`, text('Timeline')],
    'its text': [`/emails/${delivered}`, tab('Text')],
    'its headers': [`/emails/${delivered}`, tab('Headers')],
    'a bounced email': [`/emails/${bounced}`, text('This email bounced')],
    'no such email': ['/emails/665f1a2b3c4d5e6f7a8b9c0d', text('There is no such email')],
    'the domains': ['/domains', text('shop.example.org')],
    'adding a domain': ['/domains', opens('Add Domain')],
    'a pending domain': ['/domains/mail.example.com', text('Missing')],
    'a verified domain': ['/domains/shop.example.org', text('Ready to send')],
    'deleting a domain': ['/domains/shop.example.org', opens('Delete domain')],
    'the API keys': ['/api-keys', text('Web shop')],
    'creating an API key': ['/api-keys', opens('Create API Key')],
    'revoking an API key': ['/api-keys', opens('Revoke the key Web shop')],
    'the webhook endpoints': ['/webhooks', text('/hooks')],
    'adding an endpoint': ['/webhooks', opens('Add endpoint')],
    'an endpoint and its deliveries': [endpoint, text('email.delivered')],
    'a delivery': [`${endpoint}?delivery=${seeded.deliveryId}`, text('Resend')],
    'the suppressions': ['/suppressions', text('bounced@example.com')],
    'adding a suppression': ['/suppressions', opens('Add address')],
    'the refused requests': ['/requests', text('Domain not verified')],
    'the settings': ['/settings', text('Two-step sign-in')],
    'an address that does not exist': ['/nowhere', text('There is nothing at this address')],
  };
}

/** Serious and critical findings; `rules` are all of them where none is named. */
async function findings(page: Page, ...rules: string[]): Promise<string[]> {
  // The email in the frame is the sender's work; the frame itself and the page around it are checked.
  // Legacy mode stays in the page, where the other opens one more for each result to reach frames of other origins.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).exclude('iframe[title="Email preview"]');
  const { violations } = await (rules.length > 0 ? axe.withRules(rules) : axe).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${impact} ${id}: ${html}\n${failureSummary}`),
    );
}

/** Everything in the light scheme; in the dark one other colours, and nothing else, are seen. */
async function problems(page: Page): Promise<string[]> {
  const light = await findings(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await findings(page, 'color-contrast');
  await page.emulateMedia({ colorScheme: 'light' });
  const excess = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  const scrolls = excess === 0 ? [] : [`It is ${excess} pixels wider than the window.`];
  return [...light, ...dark.map((each) => `dark: ${each}`), ...scrolls];
}

const SIZES = [
  ['wide', { width: 1280, height: 900 }],
  ['narrow', { width: 390, height: 844 }],
] as const;

async function signedOut(page: Page): Promise<Record<string, string[]>> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  const signIn = await problems(page);
  await page.getByText('Forgot your password?').click();
  await page.getByRole('heading', { level: 1, name: /password/ }).waitFor();
  return { signIn, forgotten: await problems(page) };
}

async function signedIn(page: Page): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const [name, [path, reach]] of Object.entries(states())) {
    await page.goto(path);
    await reach(page);
    found[name] = await problems(page);
  }
  return found;
}

it('the first steps of an account without mail fit their window', async () => {
  await dashboard.visit(async (page) => {
    await signInAt(page, dashboard, '/');
    await page.getByText('Send your first email').waitFor();
    for (const [, viewport] of SIZES) {
      await page.setViewportSize(viewport);
      expect(await problems(page)).toEqual([]);
    }
  });
});

// Side by side: each waits for its own pages most of the time.
it('every state of every page has no serious finding of axe, in both schemes, and fits its window', async () => {
  seeded = await seed(dashboard);
  const found = SIZES.map(async ([size, viewport]) => {
    let seen: Record<string, string[]> = {};
    await dashboard.visit(async (page) => {
      await page.setViewportSize(viewport);
      seen = await signedOut(page);
      await page.setViewportSize(SIZES[0][1]);
      await signInAt(page, dashboard, '/');
      await page.setViewportSize(viewport);
      seen = { ...seen, ...(await signedIn(page)) };
    });
    return [size, seen] as const;
  });
  const clean = Object.fromEntries(
    ['signIn', 'forgotten', ...Object.keys(states())].map((name) => [name, []]),
  );
  expect(Object.fromEntries(await Promise.all(found))).toEqual({ wide: clean, narrow: clean });
});
