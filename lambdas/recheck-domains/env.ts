import * as v from 'valibot';

/** recheck-domains' environment, as the template sets it. */
export const envSchema = v.object({
  TABLE_NAME: v.string(),
  /** Divisor of the time table; 1 in production. */
  TIME_SCALE: v.string(),
});
export type Env = v.InferOutput<typeof envSchema>;
