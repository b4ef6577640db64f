import * as v from 'valibot';
import { LIMITS } from '../core/contract/limits.ts';
import { sendRequestSchema } from '../core/email/send-request.ts';
import { acceptedSchema } from '../core/email/view.ts';

/** `POST /api/v1/emails`: any scope may post. */
export const route = {
  method: 'POST',
  path: '/api/v1/emails',
  scope: 'send',
  domainKeys: true,
  operation: 'sendEmail',
  summary: 'Accepts an email for delivery',
  body: sendRequestSchema,
  idempotencyKey: v.pipe(v.string(), v.regex(/^[ -~]+$/), v.maxLength(LIMITS.idempotencyKeyLength)),
  answers: { 202: acceptedSchema },
  refusals: [
    'Conflict',
    'Account suspended',
    'Forbidden',
    'Domain not verified',
    'Recipient suppressed',
    'Monthly quota exceeded',
  ],
} as const;
