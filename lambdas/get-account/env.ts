import * as v from 'valibot';

/** get-account's environment, as the template sets it. */
export const envSchema = v.object({
  TABLE_NAME: v.string(),
  /** JSON of `Plans`. */
  PLANS: v.string(),
});
export type Env = v.InferOutput<typeof envSchema>;
