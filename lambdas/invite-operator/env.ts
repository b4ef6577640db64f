import * as v from 'valibot';

/** invite-operator's environment, as the template sets it. */
export const envSchema = v.object({
  USER_POOL_ID: v.string(),
  /** Name of the group of operators. */
  OPERATORS_GROUP: v.string(),
});
export type Env = v.InferOutput<typeof envSchema>;
