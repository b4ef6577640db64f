import {
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  ListUsersInGroupCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { invitations } from '../../lambdas/core/aws/invitations.ts';
import { answerDeployment } from '../../lambdas/core/net/answer-deployment.ts';
import { createHandler } from '../../lambdas/invite-operator/handler.ts';
import type { Message } from '../../local/cognito/message.ts';
import { startCognito } from '../../local/cognito/server.ts';
import { scratchDirectory, useEndpoint } from '../contracts/table-fixture.ts';
import { keptLog, startAnswers } from '../core/deployment/answers.ts';
import { PLAN } from '../local/cognito/harness.ts';

const POOL = 'us-east-1_Abc123xyZ';
const GROUP = 'operators';
const ADA = 'ada@example.com';

let directory: Awaited<ReturnType<typeof scratchDirectory>>;
let cognito: Awaited<ReturnType<typeof startCognito>>;
let cloudFormation: Awaited<ReturnType<typeof startAnswers>>;
let client: CognitoIdentityProviderClient;
const log = keptLog();
const messages: Message[] = [];

beforeAll(async () => {
  directory = await scratchDirectory();
  cloudFormation = await startAnswers();
  cognito = await startCognito({
    directory: directory.path,
    onMessage: (message) => void messages.push(message),
  });
  cognito.configure({
    pool: { Id: POOL, UsernameAttributes: ['email'], Policies: PLAN.pool.Policies },
    clients: [],
    groups: [{ GroupName: GROUP }],
  });
  useEndpoint('COGNITO_IDENTITY_PROVIDER', cognito.url);
  client = new CognitoIdentityProviderClient();
});
afterAll(async () => {
  client.destroy();
  await Promise.all([cognito.stop(), cloudFormation.stop()]);
  await directory.remove();
});

async function deploy(type: 'Create' | 'Update' | 'Delete', Email: unknown, group = GROUP) {
  const pool = { id: POOL, operators: group };
  const handler = createHandler({
    log,
    answer: answerDeployment,
    invitations: invitations(pool),
    pool,
  });
  await handler(cloudFormation.event(type, { Email }));
  return cloudFormation.answers.at(-1);
}

const user = () => client.send(new AdminGetUserCommand({ UserPoolId: POOL, Username: ADA }));

async function operators(): Promise<(string | undefined)[]> {
  const command = new ListUsersInGroupCommand({ UserPoolId: POOL, GroupName: GROUP });
  const { Users = [] } = await client.send(command);
  return Users.flatMap(({ Attributes = [] }) =>
    Attributes.filter(({ Name }) => Name === 'email').map(({ Value }) => Value),
  );
}

describe('invite-operator', () => {
  beforeEach(() => void messages.splice(0));

  it('invites the address with a first password, as an operator', async () => {
    expect(await deploy('Create', ADA)).toMatchObject({
      Status: 'SUCCESS',
      Data: { Invitation: 'ada@example.com is invited.' },
    });

    expect(await user()).toMatchObject({
      UserStatus: 'FORCE_CHANGE_PASSWORD',
      UserAttributes: expect.arrayContaining([
        { Name: 'email', Value: ADA },
        { Name: 'email_verified', Value: 'true' },
      ]),
    });
    expect(await operators()).toEqual([ADA]);
    expect(messages).toHaveLength(1);
  });

  it('mails a first password of letters and digits, which HTML cannot damage', async () => {
    const passwords = new Set<string | undefined>();
    for (let times = 0; times < 20; times++) {
      await client.send(new AdminDeleteUserCommand({ UserPoolId: POOL, Username: ADA }));
      await deploy('Create', ADA);
      passwords.add(messages.at(-1)?.code);
    }
    expect(passwords.size).toBe(20);
    for (const password of passwords) expect(password).toMatch(/^[A-Za-z0-9]{20}$/);
  });

  it('leaves somebody alone who is there already', async () => {
    const before = await user();

    expect(await deploy('Update', ADA)).toMatchObject({ Status: 'SUCCESS' });

    expect((await user()).UserCreateDate).toEqual(before.UserCreateDate);
    expect(await operators()).toEqual([ADA]);
    expect(messages).toEqual([]);
  });

  it('locks nobody out when a later deployment names no address', async () => {
    expect(await deploy('Delete', ADA)).toMatchObject({ Status: 'SUCCESS' });

    expect(await operators()).toEqual([ADA]);
  });

  it('fails for what is no address, which no stack asks for', async () => {
    expect(await deploy('Create', 'ada')).toMatchObject({ Status: 'FAILED' });
  });

  it('fails no deployment where it cannot invite, and says why and what to do', async () => {
    await client.send(new AdminDeleteUserCommand({ UserPoolId: POOL, Username: ADA }));
    const answer = await deploy('Create', ADA, 'nobody');

    expect(answer).toMatchObject({ Status: 'SUCCESS' });
    expect(answer?.Data).toEqual({
      Invitation: expect.stringMatching(
        /^Not invited: [^.]*group[^.]*\. To invite by hand, run: aws cognito-idp admin-create-user /i,
      ),
    });
    const user = '--region us-east-1 --user-pool-id us-east-1_Abc123xyZ --username ada@example.com';
    const told = JSON.stringify(answer);
    expect(told).toContain(`admin-create-user ${user} --user-attributes Name=email,Value=`);
    expect(told).toContain(`admin-add-user-to-group ${user} --group-name nobody`);
    expect(log.lines).toContainEqual([
      'invitation failed: the output OperatorInvitation says what to do',
      {},
      expect.any(Error),
    ]);
  });
});
