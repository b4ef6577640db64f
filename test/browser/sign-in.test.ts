import {
  CognitoIdentityProviderClient,
  GetTokensFromRefreshTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  type Dashboard,
  enter,
  enterFirst,
  go,
  heading,
  invite,
  openDashboard,
  signInAt,
} from './dashboard.ts';
import { totpCode } from './totp.ts';

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await openDashboard();
});
afterAll(() => dashboard.close());

const isCognito = (operation: string) => (request: { headers(): Record<string, string> }) =>
  request.headers()['x-amz-target']?.endsWith(`.${operation}`) === true;

/** The token of this kind that the browser keeps. */
async function keptToken(page: Page, kind: 'accessToken' | 'refreshToken'): Promise<string> {
  const entries = (await page.evaluate('Object.entries(localStorage)')) as [string, string][];
  return entries.find(([name]) => name.endsWith(`.${kind}`))?.[1] ?? '';
}

/** What the page says and what Cognito answers when somebody tries this password. */
async function refusalOf(page: Page, who: { email: string; password: string }) {
  const answered = page.waitForResponse((response) =>
    isCognito('InitiateAuth')(response.request()),
  );
  await enter(page, who);
  const said = await page.getByRole('alert').innerText();
  const answer = await answered;
  return { said, status: answer.status(), body: await answer.text() };
}

describe('a wrong password', () => {
  it('is refused in the same words as an address that nobody has', async () => {
    await dashboard.visit(async (page) => {
      await page.goto('/');
      const { email } = dashboard.system.dashboard;
      const wrong = await refusalOf(page, { email, password: 'Wrong-Horse-1' });
      await page.reload();
      const stranger = await refusalOf(page, {
        email: 'nobody@maillayer.test',
        password: 'Wrong-Horse-1',
      });
      expect(wrong.said).toBe('Incorrect email or password.');
      expect(stranger).toEqual(wrong);
      expect(await keptToken(page, 'accessToken')).toBe('');
    });
  });
});

describe('a forgotten password', () => {
  const email = 'joan@clarke.example';

  it('is replaced by a mailed code', async () => {
    const first = await invite(dashboard, email);
    await dashboard.visit(async (page) => {
      await enterFirst(page, { email, first, password: 'Hut-8-Banburismus' });
      await page.getByRole('button', { name: 'Sign out' }).click();
      await heading(page, 'Sign in');
      await page.getByLabel('Email').fill(email);
      await page.getByRole('button', { name: 'Forgot your password?' }).click();
      await page.getByRole('button', { name: 'Send the code' }).click();
      await heading(page, 'Set a new password');
      const code = await dashboard.system.mailed(/new password of joan@clarke\.example: (\d{6})/);

      await page.getByLabel('Code').fill(code === '000000' ? '000001' : '000000');
      await page.getByLabel('New password').fill('Crib-Dragging-8');
      await page.getByRole('button', { name: 'Save and sign in' }).click();
      await page.getByRole('alert').getByText('That code is wrong').waitFor();
      await page.getByLabel('Code').fill(code);
      await page.getByRole('button', { name: 'Save and sign in' }).click();
      await heading(page, 'Overview');

      await page.getByRole('button', { name: 'Sign out' }).click();
      const old = await refusalOf(page, { email, password: 'Hut-8-Banburismus' });
      expect(old.said).toBe('Incorrect email or password.');
    });
  });

  it('of an address that nobody has looks the same', async () => {
    await dashboard.visit(async (page) => {
      await page.goto('/');
      await page.getByRole('button', { name: 'Forgot your password?' }).click();
      await page.getByLabel('Email').fill('nobody@maillayer.test');
      const answered = page.waitForResponse((response) =>
        isCognito('ForgotPassword')(response.request()),
      );
      await page.getByRole('button', { name: 'Send the code' }).click();
      await heading(page, 'Set a new password');
      expect((await answered).status()).toBe(200);
      await page.getByText('If nobody@maillayer.test has an account').waitFor();
    });
  });
});

describe('two-step sign-in', () => {
  it('is set up with an authenticator app and asked for from then on', async () => {
    const who = { email: 'emmy@noether.example', password: 'Symmetry-1918-Invariant' };
    const first = await invite(dashboard, who.email);
    await dashboard.visit(async (page) => {
      await enterFirst(page, { ...who, first });
      await go(page, 'Settings');
      await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
      const panel = page.getByRole('region', { name: 'Two-step sign-in' });
      const secret = await panel.getByRole('region', { name: 'the key' }).innerText();
      await panel.getByLabel('6-digit code').fill(totpCode(secret));
      await panel.getByRole('button', { name: 'Turn on' }).click();
      await panel.getByText('On', { exact: true }).waitFor();

      await page.getByRole('button', { name: 'Sign out' }).click();
      await enter(page, who);
      await heading(page, 'Enter your code');
      await page.getByLabel('Code').fill(totpCode(secret) === '123456' ? '654321' : '123456');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').getByText('That code is wrong').waitFor();
      expect(await keptToken(page, 'accessToken')).toBe('');
      await page.getByLabel('Code').fill(totpCode(secret));
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('navigation', { name: 'Pages' }).waitFor();
    });
  });
});

describe('a session', () => {
  const ELEVEN_MINUTES = 11 * 60_000;

  it('outlives its access token, which Cognito renews', async () => {
    await dashboard.visit(async (page) => {
      await signInAt(page, dashboard, '/');
      await heading(page, 'Overview');
      const before = {
        access: await keptToken(page, 'accessToken'),
        refresh: await keptToken(page, 'refreshToken'),
      };
      const renewed = page.waitForResponse((response) =>
        isCognito('GetTokensFromRefreshToken')(response.request()),
      );
      const now = Number(await page.evaluate('Date.now()'));
      await page.clock.setSystemTime(now + ELEVEN_MINUTES);
      // The Overview's first steps ask for one email, with the old token when the clock was not set yet.
      const list = page.waitForResponse((response) => {
        const { pathname, searchParams } = new URL(response.url());
        return pathname === '/api/v1/emails' && searchParams.get('limit') !== '1';
      });
      await go(page, 'Emails');
      expect((await renewed).status()).toBe(200);
      const after = {
        access: await keptToken(page, 'accessToken'),
        refresh: await keptToken(page, 'refreshToken'),
      };
      expect(after.access).not.toBe(before.access);
      expect(after.refresh).not.toBe(before.refresh);
      const shown = await list;
      expect(shown.status()).toBe(200);
      // Which of the renewed ones it carries is not said: pages renew again as their clock sees fit.
      const sent = await shown.request().headerValue('authorization');
      expect(sent).not.toBe(`Bearer ${before.access}`);
    });
  });

  it('is over for browser and Cognito once the user has signed out', async () => {
    await dashboard.visit(async (page) => {
      await signInAt(page, dashboard, '/');
      await go(page, 'Settings');
      const RefreshToken = await keptToken(page, 'refreshToken');
      expect(RefreshToken).not.toBe('');
      const revoked = page.waitForResponse((response) =>
        isCognito('RevokeToken')(response.request()),
      );
      await page.getByRole('button', { name: 'Sign out' }).click();
      await heading(page, 'Sign in');
      expect((await revoked).status()).toBe(200);

      expect(await keptToken(page, 'accessToken')).toBe('');
      expect(await keptToken(page, 'refreshToken')).toBe('');
      await page.goBack();
      await heading(page, 'Sign in');
      expect(await page.getByRole('navigation', { name: 'Pages' }).count()).toBe(0);
      await page.reload();
      await heading(page, 'Sign in');

      const { region, userPoolEndpoint: endpoint, userPoolClientId: ClientId } = dashboard.config;
      const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
      const client = new CognitoIdentityProviderClient({ region, endpoint, credentials });
      const again = new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken });
      await expect(client.send(again)).rejects.toThrow(/Refresh Token/);
      client.destroy();
    });
  });
});
