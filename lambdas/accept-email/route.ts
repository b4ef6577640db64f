import { LIMITS } from '../core/contract/limits.ts';
import { sendRequestSchema } from '../core/email/send-request.ts';
import { acceptedSchema } from '../core/email/view.ts';
import type { Routes } from '../core/http/route.ts';

/** Sending email: any key may, and no user. */
export const routes = {
  send: {
    method: 'POST',
    path: '/api/v1/emails',
    scope: 'send',
    domainKeys: true,
    operation: 'sendEmail',
    summary: 'Accepts an email for delivery',
    idempotent: true,
    body: sendRequestSchema,
    bodyLimit: { fields: ['html', 'text'], bytes: LIMITS.contentBytes },
    answers: { 202: acceptedSchema },
    refusals: [
      'Conflict',
      'Account suspended',
      'Forbidden',
      'Domain not verified',
      'Recipient suppressed',
      'Monthly quota exceeded',
    ],
  },
} as const satisfies Routes;
