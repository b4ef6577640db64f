import * as v from 'valibot';
import { apiEnv } from '../core/contract/api-env.ts';

/** refuse-route's environment, as the template sets it. */
export const envSchema = v.object({
  ...apiEnv,
  /** JSON of `Paths`: every path with its methods. */
  PATHS: v.string(),
});
export type Env = v.InferOutput<typeof envSchema>;
