import { describe, expect, it } from '@jest/globals';
import { readUserPool } from '../../../local/resources/user-pool.ts';
import { openTemplate } from '../../../local/template/template.ts';

const POOL = {
  Type: 'AWS::Cognito::UserPool',
  Properties: { UsernameAttributes: ['email'], DeletionProtection: 'ACTIVE' },
};
const CLIENT = {
  Type: 'AWS::Cognito::UserPoolClient',
  Properties: { UserPoolId: { Ref: 'Pool' }, AccessTokenValidity: 10 },
};
const GROUP = {
  Type: 'AWS::Cognito::UserPoolGroup',
  Properties: { UserPoolId: { Ref: 'Pool' }, GroupName: 'operators' },
};

const open = (resources: object) => openTemplate({ Resources: resources }, (name) => name);

describe("the template's user pool", () => {
  it("is read with its clients and groups, with ids of Cognito's form", () => {
    const plan = readUserPool(open({ Pool: POOL, Client: CLIENT, Group: GROUP }));
    expect(plan).toEqual({
      pool: { Id: 'us-east-1_Maillayer', UsernameAttributes: ['email'], MfaConfiguration: 'OFF' },
      clients: [
        {
          ClientId: expect.stringMatching(/^[a-z0-9]{26}$/),
          UserPoolId: 'us-east-1_Maillayer',
          AccessTokenValidity: 10,
        },
      ],
      groups: [{ UserPoolId: 'us-east-1_Maillayer', GroupName: 'operators' }],
    });
  });

  it('is known to the rest of the template by its attributes', () => {
    const [pool] = open({ Pool: POOL }).resources('AWS::Cognito::UserPool');
    expect(pool?.attributes).toEqual({
      Arn: 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_Maillayer',
      ProviderName: 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Maillayer',
      ProviderURL: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Maillayer',
      UserPoolId: 'us-east-1_Maillayer',
    });
  });

  it('is refused where the emulator could not be like it', () => {
    const pool = (Properties: object) => ({ Pool: { ...POOL, Properties } });
    const { Properties } = POOL;
    expect(() => readUserPool(open(pool({ ...Properties, MfaConfiguration: 'ON' })))).toThrow(
      'AWS::Cognito::UserPool Pool: MfaConfiguration: ',
    );
    expect(() => readUserPool(open(pool({ ...Properties, LambdaConfig: {} })))).toThrow(
      'AWS::Cognito::UserPool Pool has the property LambdaConfig',
    );
    expect(() => readUserPool(open(pool({ UsernameAttributes: ['phone_number'] })))).toThrow(
      'UsernameAttributes',
    );
    expect(() => readUserPool(open({ Pool: POOL, Second: POOL }))).toThrow(
      'The local system has one user pool and the template has 2',
    );
  });
});
