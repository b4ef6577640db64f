import * as v from 'valibot';
import { apiEnv } from '../core/contract/api-env.ts';

/** get-account's environment, as the template sets it. */
export const envSchema = v.object({
  ...apiEnv,
});
export type Env = v.InferOutput<typeof envSchema>;
