import * as v from 'valibot';

/** manage-domains' environment, as the template sets it. */
export const envSchema = v.object({
  TABLE_NAME: v.string(),
  /** JSON of `Plans`. */
  PLANS: v.string(),
  /** Divisor of the time table; 1 in production. */
  TIME_SCALE: v.string(),
});
export type Env = v.InferOutput<typeof envSchema>;
