import * as v from 'valibot';
import { apiEnv } from '../core/contract/api-env.ts';

/** get-email's environment, as the template sets it. */
export const envSchema = v.object({
  ...apiEnv,
  /** Where the content of larger emails lies. */
  CONTENT_BUCKET: v.string(),
});
export type Env = v.InferOutput<typeof envSchema>;
