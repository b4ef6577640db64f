import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  call,
  copied,
  type Dashboard,
  heading,
  openDashboard,
  row,
  signInAt,
} from './dashboard.ts';
import { keyboardOf } from './keyboard.ts';

const DOMAIN = 'keys.example';
const ADDRESS = 'nobody@keys.example';

/** Run in the page: where the focus is, or null where it is nowhere or on what goes away with a dialog. */
const PLACE = `(() => {
  const { activeElement } = document;
  if (activeElement === document.body || activeElement.closest('[role="dialog"]')) return null;
  return activeElement.tagName + ' ' + activeElement.innerText;
})()`;

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await openDashboard();
  const { system } = dashboard;
  await call(system, { path: 'suppressions', body: { address: ADDRESS } });
  const mail = {
    from: 'hello@maillayer.test',
    to: 'ada@example.com',
    subject: 'By hand',
    text: 'x',
  };
  await call(system, { path: 'emails', body: mail });
});
afterAll(() => dashboard.close());

describe('whoever has no mouse', () => {
  it('signs in, verifies a domain, makes a key, reads a mail, frees an address and revokes the key', async () => {
    const { system } = dashboard;
    await dashboard.visit(async (page) => {
      const keys = keyboardOf(page);
      const goTo = async (name: string) => {
        await keys.use({ role: 'link', name });
        await heading(page, name);
      };

      await page.goto('/');
      await keys.type('Email', system.dashboard.email);
      await keys.type('Password', system.dashboard.password);
      await keys.press('Enter');
      await heading(page, 'Overview');

      await goTo('Domains');
      await keys.use({ role: 'button', name: 'Add Domain' });
      await keys.dialog('Add Domain');
      await keys.type('Domain', DOMAIN);
      await keys.press('Enter');
      await heading(page, DOMAIN);
      await system.control(`/_local/identities/${DOMAIN}/verify`, 'POST');
      await keys.use({ role: 'button', name: 'Verify' });
      await page.getByRole('heading', { name: 'Ready to send' }).waitFor();

      await goTo('API Keys');
      await keys.use({ role: 'button', name: 'Create API Key' });
      await keys.dialog('Create API Key');
      await keys.type('Name', 'By hand');
      await keys.tabTo({ role: 'radio', name: 'Live' });
      await keys.press('ArrowDown');
      await keys.tabTo({ role: 'radio', name: 'Test' });
      await keys.press('ArrowUp');
      await keys.tabTo({ role: 'combobox', name: 'Domain' });
      await page.keyboard.type(DOMAIN);
      await page.getByRole('option', { name: DOMAIN }).waitFor();
      await keys.press('ArrowDown');
      await keys.press('Enter');
      await keys.use({ role: 'button', name: 'Create API Key' }, 'Space');
      await keys.dialog('Your new API key');
      const key = await copied(page, () => keys.use({ role: 'button', name: 'Copy the key' }));
      expect(key).toMatch(/^ml_live_/);
      await keys.press('Escape');
      await keys.use({ role: 'button', name: "Done, I've saved it" });
      const made = row(page, 'API keys', 'By hand');
      await made.getByText(`${DOMAIN} only`).waitFor();

      await goTo('Emails');
      await keys.use({ role: 'link', name: 'ada@example.com' });
      await heading(page, 'By hand');
      await keys.tabTo({ role: 'link', name: 'Emails' }, 'Shift+Tab');
      await keys.press('Enter');
      await heading(page, 'Emails');

      await goTo('Suppressions');
      await keys.use({ role: 'button', name: `Remove ${ADDRESS}` });
      await keys.dialog('Remove this address from the list?');
      await keys.use({ role: 'button', name: 'Remove address' });
      await row(page, 'Suppressed addresses', ADDRESS).waitFor({ state: 'hidden' });

      await goTo('API Keys');
      const revoke = /^Revoke the key By hand/;
      await keys.use({ role: 'button', name: revoke });
      await keys.dialog('Revoke this key?');
      await keys.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await keys.use({ role: 'button', name: revoke });
      await keys.dialog('Revoke this key?');
      await keys.use({ role: 'button', name: 'Revoke' });
      await made.getByText('Revoked').waitFor();

      await keys.use({ role: 'button', name: 'Sign out' });
      await heading(page, 'Sign in');
      expect(keys.unseen()).toEqual([]);
    });
  });

  it.each([1, 2, 3])(
    'who presses Tab %i times while a dialog closes is in the page, and stays where that led',
    async (tabs) => {
      await dashboard.visit(async (page) => {
        const keys = keyboardOf(page);
        // As most users have it: the dialog stays for a moment, and the focus with it.
        await page.emulateMedia({ reducedMotion: 'no-preference' });
        await signInAt(page, dashboard, '/api-keys');
        await keys.use({ role: 'button', name: 'Create API Key' });
        await keys.dialog('Create API Key');
        await keys.type('Name', `Tabs ${tabs}`);
        await keys.press('Enter');
        await keys.dialog('Your new API key');
        await keys.tabTo({ role: 'button', name: "Done, I've saved it" });
        // At once, without a look at where the focus is.
        await page.keyboard.press('Enter');
        for (let i = 0; i < tabs; i += 1) await page.keyboard.press('Tab');
        const reached = await page.evaluate(PLACE);
        // Longer than the dialog is seen, and than the dashboard waits before it gives the focus back.
        await page.waitForTimeout(500);
        const after = await page.evaluate(PLACE);
        expect(after).not.toBeNull();
        expect(after).toBe(reached ?? after);
      });
    },
  );
});
