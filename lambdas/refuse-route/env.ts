import * as v from 'valibot';

/** refuse-route's environment, as the template sets it. */
export const envSchema = v.object({
  TABLE_NAME: v.string(),
  /** JSON of `Paths`: every path with its methods. */
  PATHS: v.string(),
  /** JSON of `Plans`. */
  PLANS: v.string(),
  USER_POOL_ID: v.string(),
  /** The only client of the pool whose tokens are taken. */
  USER_POOL_CLIENT_ID: v.string(),
});
export type Env = v.InferOutput<typeof envSchema>;
