import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AdminCreateUserCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Locator, Page } from 'playwright-core';
import { type LocalSystem, startLocalSystem } from '../kit/local-system.ts';
import { PATIENCE } from '../kit/patience.ts';
import { openBrowser } from './chromium.ts';

/** The settings that the pages read, with what the local system adds. */
export type SiteConfig = {
  readonly region: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly userPoolEndpoint: string;
};

/** What a page has been heard of. */
function listen(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`threw ${error}`));
  page.on('console', (message) => {
    const text = message.text();
    // A status that the page deals with is told as a failed load, too.
    const isAnswer = text.startsWith('Failed to load resource');
    if (message.type() === 'error' && !isAnswer) complaints.push(`logged ${text}`);
  });
  return complaints;
}

/** The whole system and a browser before it. */
export async function openDashboard() {
  const [system, browser] = await Promise.all([startLocalSystem(60), openBrowser()]);
  const answer = await fetch(`${system.dashboardUrl}/config.json`);
  const config = (await answer.json()) as SiteConfig;
  let failures = 0;
  return {
    system,
    config,
    /**
     * Runs `work` in a window of its own; when it fails, the error says where the screenshot lies.
     *
     * @param quiet whether an error of the page, or one in its console, fails it, too
     */
    async visit(work: (page: Page) => Promise<void>, { quiet = true } = {}): Promise<void> {
      const context = await browser.newContext({
        baseURL: system.dashboardUrl,
        permissions: ['clipboard-read', 'clipboard-write'],
        reducedMotion: 'reduce',
        viewport: { width: 1280, height: 900 },
      });
      context.setDefaultTimeout(PATIENCE);
      const page = await context.newPage();
      const complaints = listen(page);
      try {
        await work(page);
        if (quiet && complaints.length > 0) throw new Error(`The page ${complaints.join('\n')}`);
      } catch (error) {
        failures += 1;
        const path = join(tmpdir(), `maillayer-browser-${process.pid}-${failures}.png`);
        await page.screenshot({ path, timeout: 5_000 }).catch(() => undefined);
        throw new Error(`${error}\n${page.url()} ${complaints.join('\n')}, seen in ${path}`, {
          cause: error,
        });
      } finally {
        await context.close();
      }
    },
    async close(): Promise<void> {
      await Promise.all([browser.close(), system.stop()]);
    },
  };
}

/** A running dashboard. */
export type Dashboard = Awaited<ReturnType<typeof openDashboard>>;

/** Invites a user as an administrator does; gives the first password, from the mail. */
export async function invite({ system, config }: Dashboard, email: string): Promise<string> {
  const { region, userPoolEndpoint: endpoint, userPoolId: UserPoolId } = config;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new CognitoIdentityProviderClient({ region, endpoint, credentials });
  const UserAttributes = [
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: 'true' },
  ];
  await client.send(new AdminCreateUserCommand({ UserPoolId, Username: email, UserAttributes }));
  client.destroy();
  const name = email.replaceAll('.', '\\.');
  return system.mailed(new RegExp(`invitation of ${name}: the first password is (\\S+)`));
}

/** Types address and password into the sign-in page that is open, and sends them. */
export async function enter(page: Page, who: { email: string; password: string }): Promise<void> {
  await page.getByLabel('Email').fill(who.email);
  await page.getByLabel('Password', { exact: true }).fill(who.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** An invited user signs in for the first time and chooses a password. */
export async function enterFirst(
  page: Page,
  { email, first, password }: { email: string; first: string; password: string },
): Promise<void> {
  await page.goto('/');
  await enter(page, { email, password: first });
  await page.getByRole('heading', { name: 'Choose your password' }).waitFor();
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Save and sign in' }).click();
  await heading(page, 'Overview');
}

/** Signs the operator in at an address of the dashboard. */
export async function signInAt(page: Page, { system }: Dashboard, path: string): Promise<void> {
  await page.goto(path);
  await enter(page, system.dashboard);
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
}

/** Waits for a page by its heading. */
export function heading(page: Page, name: string | RegExp): Promise<void> {
  return page.getByRole('heading', { level: 1, name }).waitFor();
}

/** Goes to a page by the navigation. */
export async function go(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('link', { name, exact: true })
    .click();
  await heading(page, name);
}

/** A row of a table, by the names of both. */
export function row(page: Page, table: string, name: string | RegExp): Locator {
  return page.getByRole('table', { name: table }).getByRole('row').filter({ hasText: name });
}

/** What `act` copies. */
export async function copied(page: Page, act: () => Promise<void>): Promise<string> {
  await page.evaluate("navigator.clipboard.writeText('')");
  await act();
  const text = await page.waitForFunction('navigator.clipboard.readText()');
  return String(await text.jsonValue());
}

/** What the system's API answers to a key. */
export async function call(
  system: LocalSystem,
  { method = 'POST', path, body }: { method?: string; path: string; body?: object },
): Promise<Record<string, unknown>> {
  const answer = await fetch(`${system.apiUrl}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${system.key}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === '' ? {} : JSON.parse(text);
}
