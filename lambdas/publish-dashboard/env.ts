import * as v from 'valibot';

/** publish-dashboard's environment, as the template sets it. */
export const envSchema = v.object({ SITE_BUCKET: v.string() });
export type Env = v.InferOutput<typeof envSchema>;
