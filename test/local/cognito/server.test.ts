import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startCognito } from '../../../local/cognito/server.ts';
import { ADA, addAda, invite, PASSWORD, POOL, type Running, signIn, start } from './harness.ts';

let running: Running;

beforeEach(async () => {
  running = await start();
});
afterEach(() => running.stop());

describe("the local Cognito's server", () => {
  it('keeps users and groups over a restart, and its files for their owner only', async () => {
    await addAda(running);
    await running.restart();
    const { AuthenticationResult } = await signIn(running);
    const [, payload = ''] = AuthenticationResult?.AccessToken?.split('.') ?? [];
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      'cognito:groups': ['operators'],
    });
    const files = readdirSync(running.directory).map((name) => join(running.directory, name));
    expect(files).toHaveLength(2);
    for (const file of files) expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('takes requests from the page of another origin', async () => {
    const preflight = await fetch(running.cognito.url, {
      method: 'OPTIONS',
      headers: { Origin: 'http://127.0.0.1:3026', 'Access-Control-Request-Method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toBe('*');
  });

  it('says what it cannot do, and that a body is no JSON', async () => {
    const call = async (target: string, body: string) => {
      const headers = { 'x-amz-target': `AWSCognitoIdentityProviderService.${target}` };
      const response = await fetch(running.cognito.url, { method: 'POST', headers, body });
      const { message } = (await response.json()) as { message: string };
      return [response.status, message] as const;
    };
    const [status, message] = await call('StartWebAuthnRegistration', '{}');
    expect(status).toBe(500);
    expect(message).toMatch(/^The local Cognito cannot do this: .*StartWebAuthnRegistration/);
    expect((await call('InitiateAuth', '{{'))[0]).toBe(500);
  });

  it('names what a request lacks, and what is not there', async () => {
    const { cognito } = running;
    const user = { UserPoolId: POOL, Username: ADA };
    await invite(running);
    await expect(cognito.call('AdminGetUser', { UserPoolId: POOL })).rejects.toMatchObject({
      type: 'InvalidParameterException',
      message: expect.stringMatching(/^Username: /),
    });
    const absent = [
      cognito.call('AdminGetUser', { ...user, UserPoolId: 'us-east-1_Another' }),
      cognito.call('AdminAddUserToGroup', { ...user, GroupName: 'nobody' }),
      cognito.call('SignUp', { ClientId: 'another', Username: ADA, Password: PASSWORD }),
    ];
    for (const call of absent) {
      await expect(call).rejects.toMatchObject({ type: 'ResourceNotFoundException' });
    }
  });

  it('gives nobody an address that is somebody else’s', async () => {
    const { cognito } = running;
    for (const email of [ADA, 'eve@example.com']) await invite(running, email);
    const change = (Value: string) =>
      cognito.call('AdminUpdateUserAttributes', {
        UserPoolId: POOL,
        Username: 'eve@example.com',
        UserAttributes: [{ Name: 'email', Value }],
      });
    await expect(change('ADA@example.com')).rejects.toMatchObject({ type: 'AliasExistsException' });
    await change('Mallory@example.com');
    const found = { UserPoolId: POOL, Username: 'mallory@example.com' };
    expect(await cognito.call('AdminGetUser', found)).toHaveProperty('Username');
    // Her id follows from the first address, which is not given to another one meanwhile.
    await expect(invite(running, 'eve@example.com')).rejects.toMatchObject({
      name: 'UsernameExistsException',
    });
  });

  it('refuses to start with a damaged file', async () => {
    await invite(running);
    const { directory } = running;
    for (const name of readdirSync(directory)) writeFileSync(join(directory, name), '{"Users":');
    const starting = startCognito({ directory, onMessage: () => undefined });
    await expect(starting).rejects.toThrow(/^the users cannot be read: /);
    writeFileSync(join(directory, 'users.json'), '{}');
    const again = startCognito({ directory, onMessage: () => undefined });
    await expect(again).rejects.toThrow(/^the key of the tokens cannot be read: /);
  });
});
