import * as v from 'valibot';

/** What the environment of every function has that keys and signed-in users call. */
export const apiEnv = {
  TABLE_NAME: v.string(),
  /** JSON of `Plans`. */
  PLANS: v.string(),
  USER_POOL_ID: v.string(),
  /** The only client of the pool whose tokens are taken. */
  USER_POOL_CLIENT_ID: v.string(),
};
export type ApiEnv = v.InferOutput<v.ObjectSchema<typeof apiEnv, undefined>>;
