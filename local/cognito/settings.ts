import * as v from 'valibot';

/** Settings of a user pool, as `CreateUserPool` takes them. */
export const POOL = {
  AdminCreateUserConfig: v.optional(
    v.looseObject({ AllowAdminCreateUserOnly: v.optional(v.boolean()) }),
  ),
  // A pool that demands it of everybody would begin with a challenge that is not there.
  MfaConfiguration: v.optional(v.picklist(['OFF', 'OPTIONAL']), 'OFF'),
  Policies: v.optional(
    v.looseObject({
      PasswordPolicy: v.optional(
        v.looseObject({
          MinimumLength: v.optional(v.number()),
          RequireLowercase: v.optional(v.boolean()),
          RequireNumbers: v.optional(v.boolean()),
          RequireSymbols: v.optional(v.boolean()),
          RequireUppercase: v.optional(v.boolean()),
        }),
      ),
    }),
  ),
  // Users are known by their addresses here and by nothing else.
  UsernameAttributes: v.tuple([v.literal('email')]),
  UsernameConfiguration: v.optional(v.object({ CaseSensitive: v.boolean() })),
};

const units = v.optional(v.picklist(['seconds', 'minutes', 'hours', 'days']));

/** Settings of a client, as `CreateUserPoolClient` takes them. */
export const CLIENT = {
  UserPoolId: v.string(),
  AccessTokenValidity: v.optional(v.number()),
  IdTokenValidity: v.optional(v.number()),
  RefreshTokenValidity: v.optional(v.number()),
  TokenValidityUnits: v.optional(
    v.object({ AccessToken: units, IdToken: units, RefreshToken: units }),
  ),
  RefreshTokenRotation: v.optional(
    v.object({ Feature: v.string(), RetryGracePeriodSeconds: v.optional(v.number()) }),
  ),
  PreventUserExistenceErrors: v.optional(v.string()),
  GenerateSecret: v.optional(v.literal(false)),
};

type Given<E extends v.ObjectEntries> = v.InferInput<v.ObjectSchema<E, undefined>>;

export type PoolSettings = Given<typeof POOL> & { readonly Id: string };
export type ClientSettings = Given<typeof CLIENT> & { readonly ClientId: string };

/** A user pool of the template, with what belongs to it. */
export interface PoolPlan {
  readonly pool: PoolSettings;
  readonly clients: readonly ClientSettings[];
  readonly groups: readonly { readonly GroupName: string }[];
}
