import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Message } from '../../../local/cognito/message.ts';
import { type Cognito, startCognito } from '../../../local/cognito/server.ts';
import type { PoolPlan } from '../../../local/cognito/settings.ts';

export const POOL = 'us-east-1_Maillayer';
export const CLIENT = 'abcdefghijklmnopqrstuvwxyz';
export const ADA = 'ada@example.com';
export const PASSWORD = 'a password of hers';

/** As the template has them: long passwords, ten-minute tokens, refresh tokens that rotate. */
export const PLAN: PoolPlan = {
  pool: {
    Id: POOL,
    UsernameAttributes: ['email'],
    UsernameConfiguration: { CaseSensitive: false },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    MfaConfiguration: 'OPTIONAL',
    Policies: {
      PasswordPolicy: {
        MinimumLength: 12,
        RequireLowercase: false,
        RequireNumbers: false,
        RequireSymbols: false,
        RequireUppercase: false,
      },
    },
  },
  clients: [
    {
      ClientId: CLIENT,
      UserPoolId: POOL,
      AccessTokenValidity: 10,
      IdTokenValidity: 10,
      RefreshTokenValidity: 10080,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' },
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
      PreventUserExistenceErrors: 'ENABLED',
    },
  ],
  groups: [{ GroupName: 'operators' }],
};

/** A local Cognito in a directory of its own, and the SDK's client for it. */
export async function start(plan: PoolPlan = PLAN) {
  const directory = await mkdtemp(join(tmpdir(), 'maillayer-cognito-'));
  const messages: Message[] = [];
  const open = async () => {
    const opened = await startCognito({ directory, onMessage: (it) => messages.push(it) });
    opened.configure(plan);
    return opened;
  };
  let cognito: Cognito = await open();
  let client = clientOf(cognito.url);
  const close = async () => {
    client.destroy();
    await cognito.stop();
  };
  return {
    directory,
    messages,
    get cognito() {
      return cognito;
    },
    get client() {
      return client;
    },
    async restart() {
      await close();
      cognito = await open();
      client = clientOf(cognito.url);
    },
    async stop() {
      await close();
      await rm(directory, { recursive: true });
    },
  };
}

export type Running = Awaited<ReturnType<typeof start>>;

function clientOf(endpoint: string): CognitoIdentityProviderClient {
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  return new CognitoIdentityProviderClient({
    endpoint,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials,
  });
}

/** Invites her as the template's function does; gives the first password. */
export async function invite({ client, messages }: Running, email = ADA): Promise<string> {
  const command = new AdminCreateUserCommand({
    UserPoolId: POOL,
    Username: email,
    DesiredDeliveryMediums: ['EMAIL'],
    UserAttributes: [
      { Name: 'email', Value: email },
      { Name: 'email_verified', Value: 'true' },
    ],
  });
  await client.send(command);
  return messages.at(-1)?.code ?? '';
}

/** Gives a user this password, as one of her own or as another first one. */
export async function setPassword({ client }: Running, Username = ADA, Permanent = true) {
  const user = { UserPoolId: POOL, Username };
  await client.send(new AdminSetUserPasswordCommand({ ...user, Password: PASSWORD, Permanent }));
}

/** A user with a password of her own, an operator. */
export async function addAda(running: Running): Promise<void> {
  await invite(running);
  await setPassword(running);
  const user = { UserPoolId: POOL, Username: ADA };
  await running.client.send(new AdminAddUserToGroupCommand({ ...user, GroupName: 'operators' }));
}

export const signIn = ({ client }: Running, password = PASSWORD, USERNAME = ADA) =>
  client.send(
    new InitiateAuthCommand({
      ClientId: CLIENT,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME, PASSWORD: password },
    }),
  );

/** What an authenticator shows now for a secret in base 32: RFC 6238. */
export function oneTimePassword(secret: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'));
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  const key = Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const at = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
