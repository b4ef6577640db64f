import * as v from 'valibot';
import { CLIENT, POOL, type PoolPlan } from '../cognito/settings.ts';
import { StartError } from '../start-error.ts';
import type { Resource, Template } from '../template/template.ts';

/** Texts of emails, which the terminal shows as one line; protection; what addresses do, which always count. */
const POOL_IGNORED = [
  'AccountRecoverySetting',
  'AutoVerifiedAttributes',
  'DeletionProtection',
  'EmailConfiguration',
  'EmailVerificationMessage',
  'EmailVerificationSubject',
  'EnabledMfas',
  'SmsVerificationMessage',
  'UserAttributeUpdateSettings',
  'UserPoolName',
  'UserPoolTags',
  'UserPoolTier',
  'VerificationMessageTemplate',
];

/** Which flows are allowed is not enforced: SRP, the cloud's, does not exist here (docs/local.md). */
const CLIENT_IGNORED = [
  'AllowedOAuthFlowsUserPoolClient',
  'ClientName',
  'EnableTokenRevocation',
  'ExplicitAuthFlows',
  'SupportedIdentityProviders',
];

const GROUP = { UserPoolId: v.string(), GroupName: v.string() };
const GROUP_IGNORED = ['Description', 'Precedence', 'RoleArn'];

/** The template's user pool with its clients and groups; undefined where it has none. */
export function readUserPool(template: Template): PoolPlan | undefined {
  const [pool, ...more] = template.resources('AWS::Cognito::UserPool');
  if (pool === undefined) return undefined;
  if (more.length > 0) {
    throw new StartError(
      `The local system has one user pool and the template has ${more.length + 1}: their ids would be the same.`,
    );
  }
  const { ref } = pool;
  const clients = template.resources('AWS::Cognito::UserPoolClient').map(readClient);
  const groups = template
    .resources('AWS::Cognito::UserPoolGroup')
    .map((resource) => resource.properties(GROUP, GROUP_IGNORED));
  return {
    pool: { Id: ref, ...pool.properties(POOL, POOL_IGNORED) },
    clients: clients.filter(({ UserPoolId }) => UserPoolId === ref),
    groups: groups.filter(({ UserPoolId }) => UserPoolId === ref),
  };
}

function readClient(resource: Resource) {
  return { ClientId: resource.ref, ...resource.properties(CLIENT, CLIENT_IGNORED) };
}
