import * as v from 'valibot';
import { LIMITS } from '../core/contract/limits.ts';
import { sendRequestSchema } from '../core/email/send-request.ts';

/** `POST /api/v1/emails`: any scope may post. */
export const route = {
  method: 'POST',
  path: '/api/v1/emails',
  scope: 'send',
  domainKeys: true,
  body: sendRequestSchema,
  /** The `Idempotency-Key` header. */
  idempotencyKey: v.pipe(v.string(), v.regex(/^[ -~]+$/), v.maxLength(LIMITS.idempotencyKeyLength)),
} as const;
