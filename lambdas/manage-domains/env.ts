import * as v from 'valibot';
import { apiEnv } from '../core/contract/api-env.ts';

/** manage-domains' environment, as the template sets it. */
export const envSchema = v.object({
  ...apiEnv,
  /** Divisor of the time table; 1 in production. */
  TIME_SCALE: v.string(),
});
export type Env = v.InferOutput<typeof envSchema>;
