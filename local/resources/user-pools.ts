import * as v from 'valibot';
import type { PoolPlan } from '../cognito/pools.ts';
import { StartError } from '../start-error.ts';
import type { Resource, Template } from '../template/template.ts';

const POOL = {
  AdminCreateUserConfig: v.optional(
    v.looseObject({ AllowAdminCreateUserOnly: v.optional(v.boolean()) }),
  ),
  AutoVerifiedAttributes: v.optional(v.array(v.string())),
  // A pool that demands it of everybody would begin with a challenge that cognito-local does not have.
  MfaConfiguration: v.optional(v.picklist(['OFF', 'OPTIONAL']), 'OFF'),
  Policies: v.optional(v.looseObject({})),
  // Users are known by their addresses here, which is all that the emulator is told to do.
  UsernameAttributes: v.tuple([v.literal('email')]),
  UsernameConfiguration: v.optional(v.object({ CaseSensitive: v.boolean() })),
  UserAttributeUpdateSettings: v.optional(v.looseObject({})),
};

/** Texts of mails, which stand in the terminal as one line; protection; what the user's own address decides. */
const POOL_IGNORED = [
  'AccountRecoverySetting',
  'DeletionProtection',
  'EmailConfiguration',
  'EmailVerificationMessage',
  'EmailVerificationSubject',
  'EnabledMfas',
  'SmsVerificationMessage',
  'UserPoolName',
  'UserPoolTags',
  'UserPoolTier',
  'VerificationMessageTemplate',
];

const CLIENT = {
  UserPoolId: v.string(),
  AccessTokenValidity: v.optional(v.number()),
  IdTokenValidity: v.optional(v.number()),
  RefreshTokenValidity: v.optional(v.number()),
  TokenValidityUnits: v.optional(v.record(v.string(), v.string())),
  RefreshTokenRotation: v.optional(
    v.object({ Feature: v.string(), RetryGracePeriodSeconds: v.optional(v.number()) }),
  ),
  PreventUserExistenceErrors: v.optional(v.string()),
  GenerateSecret: v.optional(v.literal(false)),
};

/** Which flows are allowed is not enforced: SRP, the cloud's, does not exist here (docs/local.md). */
const CLIENT_IGNORED = [
  'AllowedOAuthFlowsUserPoolClient',
  'ClientName',
  'EnableTokenRevocation',
  'ExplicitAuthFlows',
  'SupportedIdentityProviders',
];

const GROUP = { UserPoolId: v.string(), GroupName: v.string(), Precedence: v.optional(v.number()) };

/** The template's user pool with its clients and groups; an empty list where it has none. */
export function readUserPools(template: Template): readonly PoolPlan[] {
  const pools = template.resources('AWS::Cognito::UserPool');
  if (pools.length > 1) {
    throw new StartError(
      `The local system has one user pool and the template has ${pools.length}: their ids would be the same.`,
    );
  }
  const clients = template.resources('AWS::Cognito::UserPoolClient').map(readClient);
  const groups = template
    .resources('AWS::Cognito::UserPoolGroup')
    .map((resource) => resource.properties(GROUP, ['Description', 'RoleArn']));
  return pools.map((resource) => ({
    pool: { Id: resource.ref, ...resource.properties(POOL, POOL_IGNORED) },
    clients: clients.filter(({ UserPoolId }) => UserPoolId === resource.ref),
    groups: groups.filter(({ UserPoolId }) => UserPoolId === resource.ref),
  }));
}

function readClient(resource: Resource) {
  return { ClientId: resource.ref, ...resource.properties(CLIENT, CLIENT_IGNORED) };
}
