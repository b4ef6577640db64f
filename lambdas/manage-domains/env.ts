import * as v from 'valibot';

/** manage-domains' environment, as the template sets it. */
export const envSchema = v.object({
  TABLE_NAME: v.string(),
  /** JSON of `Plans`. */
  PLANS: v.string(),
  USER_POOL_ID: v.string(),
  /** The only client of the pool whose tokens are taken. */
  USER_POOL_CLIENT_ID: v.string(),
  /** Divisor of the time table; 1 in production. */
  TIME_SCALE: v.string(),
});
export type Env = v.InferOutput<typeof envSchema>;
