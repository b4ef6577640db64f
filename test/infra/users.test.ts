import { describe, expect, it } from '@jest/globals';
import { Synthesis } from './synthesis.ts';

const synthesis = new Synthesis();
const [pool] = Object.values(synthesis.template.findResources('AWS::Cognito::UserPool'));
const [client] = Object.values(synthesis.byPath('AWS::Cognito::UserPoolClient'));

describe('the user pool', () => {
  it('takes nobody who was not invited, unless it is told to', () => {
    const admin = (each: Synthesis) =>
      Object.values(each.byPath('AWS::Cognito::UserPool'))[0].AdminCreateUserConfig
        .AllowAdminCreateUserOnly;

    expect(admin(synthesis)).toBe(true);
    expect(admin(new Synthesis({ selfSignUp: true }))).toBe(false);
  });

  it('knows people by an address that they have shown to be theirs', () => {
    expect(pool?.Properties).toMatchObject({
      UsernameAttributes: ['email'],
      AutoVerifiedAttributes: ['email'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      UsernameConfiguration: { CaseSensitive: false },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
    });
  });

  it('takes long passwords, and codes of an authenticator where somebody wants them', () => {
    expect(pool?.Properties).toMatchObject({
      Policies: { PasswordPolicy: { MinimumLength: 12 } },
      MfaConfiguration: 'OPTIONAL',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    });
  });

  it('asks for no kind of character, so a first password of letters and digits will do', () => {
    expect(pool?.Properties.Policies.PasswordPolicy).toEqual({
      MinimumLength: 12,
      RequireLowercase: false,
      RequireNumbers: false,
      RequireSymbols: false,
      RequireUppercase: false,
      TemporaryPasswordValidityDays: 7,
    });
  });

  it('invites by HTML, as Cognito sends it, with the first password in an element of its own', () => {
    const EmailMessage = pool?.Properties.AdminCreateUserConfig.InviteMessageTemplate.EmailMessage;

    expect(EmailMessage).toMatch(/^(<p>[^\n]+?<\/p>)+$/);
    expect(EmailMessage).toContain('<p><code>{####}</code></p>');
    expect(EmailMessage).toContain('{username}');
  });

  it('outlives the stack', () => {
    expect(pool).toMatchObject({
      Properties: { DeletionProtection: 'ACTIVE' },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });
});

describe('the dashboard’s client', () => {
  it('signs in by SRP and by nothing else; refreshing rotates the token', () => {
    expect(client).toMatchObject({
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
      GenerateSecret: false,
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
    });
    expect(client).not.toHaveProperty('AllowedOAuthFlows');
  });

  it('gets tokens for ten minutes', () => {
    expect(client).toMatchObject({
      AccessTokenValidity: 10,
      IdTokenValidity: 10,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes' },
    });
  });
});

describe('the operator', () => {
  const invitations = (each: Synthesis) => each.byPath('Custom::OperatorInvitation');

  it('is invited where the deployment names an address', () => {
    const invited = new Synthesis({ adminEmail: 'ada@example.com' });
    const [invitation] = Object.values(invitations(invited));

    expect(invitation).toMatchObject({ Email: 'ada@example.com', ServiceTimeout: '60' });
    expect(invited.functionNameOf(invitation.ServiceToken)).toBe('invite-operator');
    expect(invited.functions()['invite-operator'].Environment.Variables).toMatchObject({
      OPERATORS_GROUP: 'operators',
    });
  });

  it('is told in the outputs what became of the invitation, and what to do if it failed', () => {
    const { Outputs } = new Synthesis({ adminEmail: 'ada@example.com' }).template.toJSON();
    const [, attribute] = Outputs.OperatorInvitation.Value['Fn::GetAtt'];

    expect(attribute).toBe('Invitation');
    expect(synthesis.template.toJSON().Outputs).not.toHaveProperty('OperatorInvitation');
  });

  it('may invite into this pool only', () => {
    const invited = new Synthesis({ adminEmail: 'ada@example.com' });
    const statements = Object.values(invited.byPath('AWS::IAM::Policy'))
      .filter(({ Roles }) => invited.functionNameOf(Roles[0]) === 'invite-operator')
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .map(({ Action, Resource }) => [Action, invited.name(Resource)]);

    expect(statements).toEqual([
      [['logs:CreateLogStream', 'logs:PutLogEvents'], 'Users/invite-operator/Log'],
      [['cognito-idp:AdminAddUserToGroup', 'cognito-idp:AdminCreateUser'], 'Users/Pool'],
    ]);
  });

  it('is not needed for a deployment', () => {
    expect(invitations(synthesis)).toEqual({});
    expect(synthesis.functions()).not.toHaveProperty('invite-operator');
  });
});
