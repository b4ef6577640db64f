import * as v from 'valibot';

/** refresh-gate's environment, as the template sets it. */
export const envSchema = v.object({ TABLE_NAME: v.string() });
export type Env = v.InferOutput<typeof envSchema>;
