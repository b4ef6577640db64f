import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { startReceiver } from '../e2e/receiver.ts';
import { until } from '../kit/patience.ts';
import {
  copied,
  type Dashboard,
  enterFirst,
  go,
  heading,
  invite,
  openDashboard,
  row,
} from './dashboard.ts';

const EMAIL = 'grace@hopper.example';
const DOMAIN = 'mail.hopper.example';

let dashboard: Dashboard;
let receiver: Awaited<ReturnType<typeof startReceiver>>;

beforeAll(async () => {
  [dashboard, receiver] = await Promise.all([openDashboard(), startReceiver()]);
});
afterAll(() => Promise.all([dashboard.close(), receiver.stop()]));

const run = promisify(execFile);

/** Runs a command as a user pastes it into a shell; gives status and body of the answer. */
async function pasteOnce(command: string) {
  const { stdout } = await run('sh', ['-c', `${command} --silent --write-out '\\n%{http_code}'`]);
  const at = stdout.lastIndexOf('\n');
  const body = JSON.parse(stdout.slice(0, at)) as Record<string, unknown>;
  return { status: Number(stdout.slice(at + 1)), body };
}

/** Runs a printed command, again while the plan's one request a second is used up. */
const paste = (command: string) =>
  until(async () => {
    const answer = await pasteOnce(command);
    return answer.status !== 429 && answer;
  });

async function addDomain(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Add Domain' }).click();
  await heading(page, 'Domains');
  await page.getByRole('button', { name: 'Add Domain' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add Domain' });
  await dialog.getByLabel('Domain', { exact: true }).fill(DOMAIN);
  await dialog.getByRole('button', { name: 'Add Domain' }).click();
  await heading(page, DOMAIN);
}

async function seeRecords(page: Page): Promise<void> {
  const required = page.getByRole('table', { name: 'Required records' });
  const recommended = page.getByRole('table', { name: 'Recommended records' });
  await page.getByRole('button', { name: 'Verify' }).click();
  await required.getByText('Missing').first().waitFor();
  expect(await required.getByRole('rowheader').allInnerTexts()).toEqual(
    [1, 2, 3].map((number) => expect.stringMatching(new RegExp(`DKIM ${number}\\s+Required`))),
  );
  expect(await required.getByText('Missing').count()).toBe(3);
  expect(await recommended.getByRole('rowheader').allInnerTexts()).toEqual(
    ['MAIL FROM', 'SPF', 'DMARC'].map((name) =>
      expect.stringMatching(new RegExp(`${name}\\s+Recommended`)),
    ),
  );
  const copy = required.getByRole('button', { name: 'Copy the name of DKIM 1' });
  expect(await copied(page, () => copy.click())).toMatch(new RegExp(`\\._domainkey\\.${DOMAIN}$`));
}

async function verify(page: Page): Promise<void> {
  await dashboard.system.control(`/_local/identities/${DOMAIN}/verify`, 'POST');
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByRole('heading', { name: 'Ready to send' }).waitFor();
  await page.getByRole('heading', { level: 1 }).getByText('Verified').waitFor();
  const required = page.getByRole('table', { name: 'Required records' });
  expect(await required.getByText('Found', { exact: true }).count()).toBe(3);
}

/** Gives the command that the page shows with a new key, and the key, both from the clipboard. */
async function createKey(page: Page): Promise<{ key: string; command: string }> {
  await page.getByRole('link', { name: 'Create API Key' }).click();
  await heading(page, 'API Keys');
  await page.getByRole('button', { name: 'Create API Key' }).click();
  const form = page.getByRole('dialog', { name: 'Create API Key' });
  await form.getByLabel('Name').fill('Deploy');
  await form.getByRole('button', { name: 'Create API Key' }).click();
  const made = page.getByRole('dialog', { name: 'Your new API key' });
  const shown = await made.getByRole('region', { name: 'the key' }).innerText();
  const copyKey = made.getByRole('button', { name: 'Copy the key' }).last();
  const key = await copied(page, () => copyKey.click());
  expect(key).toBe(shown);
  expect(key).toMatch(/^ml_live_/);
  const copyExample = made.getByRole('button', { name: 'Copy the example' });
  const command = await copied(page, () => copyExample.click());
  await made.getByRole('button', { name: "Done, I've saved it" }).click();
  await row(page, 'API keys', 'Deploy').waitFor();
  expect(await page.getByText(key).count()).toBe(0);
  return { key, command };
}

/** Opens an email from the list and gives its timeline once its status is this one. */
async function openEmail(page: Page, to: string, status: string): Promise<string[]> {
  await go(page, 'Emails');
  await row(page, 'Emails', to).getByText(status, { exact: true }).waitFor();
  await page.getByRole('table', { name: 'Emails' }).getByRole('link', { name: to }).click();
  await page.getByRole('status', { name: 'Status of the email' }).getByText(status).waitFor();
  const panel = page.getByRole('region', { name: 'Timeline' });
  return panel.getByRole('listitem').allInnerTexts();
}

async function addEndpoint(page: Page): Promise<string> {
  await go(page, 'Webhooks');
  await page.getByRole('button', { name: 'Add endpoint' }).click();
  const form = page.getByRole('dialog', { name: 'Add endpoint' });
  const url = `${receiver.origin}/hook`;
  await form.getByLabel('URL').fill(url);
  await form.getByRole('button', { name: 'Add endpoint' }).click();
  const made = page.getByRole('dialog', { name: 'Your signing secret' });
  const copy = made.getByRole('button', { name: 'Copy the secret' }).last();
  expect(await copied(page, () => copy.click())).toMatch(/^whsec_/);
  await made.getByRole('button', { name: "Done, I've saved it" }).click();
  return url;
}

describe('a new user', () => {
  it('comes from the invitation to delivered mail, a bounce, a webhook and a revoked key', async () => {
    const first = await invite(dashboard, EMAIL);
    await dashboard.visit(async (page) => {
      await enterFirst(page, { email: EMAIL, first, password: 'Nanoseconds-11.8-inches' });

      const steps = page.getByRole('region', { name: 'Your first email' });
      await steps.getByText('Add the domain that you send from').waitFor();
      await addDomain(page);
      await seeRecords(page);
      await verify(page);

      await go(page, 'Overview');
      await steps.getByText('Add its DNS records and verify – done').waitFor();
      const { key, command } = await createKey(page);
      expect(command).toContain(key);
      expect(command).toContain(EMAIL);
      await go(page, 'Overview');
      const text = await steps.getByRole('region', { name: 'the command' }).innerText();
      const sendTo = (to: string) =>
        paste(text.replace('YOUR_API_KEY', key).replace(EMAIL, to).replaceAll('\\\n', ' '));

      const sent = await paste(command);
      expect(sent).toMatchObject({ status: 202 });
      expect(await openEmail(page, EMAIL, 'Delivered')).toEqual([
        expect.stringContaining('Accepted'),
        expect.stringContaining('Sent to Amazon SES'),
        expect.stringContaining('Delivered'),
      ]);
      expect(page.url()).toContain(String(sent.body.id));

      expect((await sendTo('bounced@turing.example')).status).toBe(202);
      const bounce = await openEmail(page, 'bounced@turing.example', 'Bounced');
      expect(bounce.at(-1)).toContain('Bounced');
      await go(page, 'Suppressions');
      const entry = row(page, 'Suppressed addresses', 'bounced@turing.example');
      await entry.getByText('Bounced').first().waitFor();
      expect((await sendTo('bounced@turing.example')).status).toBe(403);

      const url = await addEndpoint(page);
      expect((await sendTo('ada@lovelace.example')).status).toBe(202);
      const [arrival] = await receiver.at('/hook', 1);
      await row(page, 'Webhook endpoints', url).getByRole('link').click();
      const deliveries = page.getByRole('table', { name: 'Deliveries' });
      await deliveries.getByRole('link', { name: 'email.delivered' }).click();
      const drawer = page.getByRole('dialog', { name: 'Delivery' });
      await drawer.getByText('Status 204').waitFor();
      await drawer.getByText('Empty response.').waitFor();
      const webhookId = String(arrival?.headers['webhook-id']);
      await drawer.getByText(webhookId, { exact: true }).waitFor();
      expect(await drawer.getByRole('region', { name: 'the payload' }).innerText()).toBe(
        arrival?.body,
      );

      await drawer.getByRole('button', { name: 'Resend' }).click();
      const [, again] = await receiver.at('/hook', 2);
      expect(again?.headers['webhook-id']).toBe(webhookId);
      expect(again?.body).toBe(arrival?.body);
      await drawer.getByText('Status 204').nth(1).waitFor();
      await drawer.getByRole('button', { name: 'Close the delivery' }).click();

      await go(page, 'API Keys');
      const used = row(page, 'API keys', 'Deploy');
      await used.getByRole('button', { name: /^Revoke the key Deploy/ }).click();
      const question = page.getByRole('dialog', { name: 'Revoke this key?' });
      await question.getByRole('button', { name: 'Revoke' }).click();
      await used.getByText('Revoked').waitFor();
      expect(await paste(command)).toMatchObject({ status: 401, body: { error: 'Unauthorized' } });

      await page.getByRole('button', { name: 'Sign out' }).click();
      await heading(page, 'Sign in');
    });
  });
});
