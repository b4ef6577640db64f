import * as v from 'valibot';
import { REVIEW_STATES } from '../core/sending/gate.ts';
import { productionAccessSchema } from '../core/sending/production-access.ts';
import { recipientRequestSchema, recipientSchema } from '../core/sending/recipient.ts';

/** What is asked of AWS for the whole service: the operator only, by sign-in or a live key of scope `full`. */
export const routes = {
  verifyRecipient: {
    method: 'POST',
    path: '/api/v1/sending/recipients',
    scope: 'full',
    users: true,
    operation: 'verifySandboxRecipient',
    summary:
      'Has SES verify the address of a recipient, who gets a link by mail; for the operator, in the sandbox',
    body: recipientRequestSchema,
    answers: { 200: recipientSchema, 202: recipientSchema },
    refusals: ['Forbidden'],
  },
  recipient: {
    method: 'GET',
    path: '/api/v1/sending/recipients/{address}',
    scope: 'full',
    users: true,
    operation: 'getSandboxRecipient',
    summary: 'Tells whether the address of a recipient is verified; for the operator',
    answers: { 200: recipientSchema },
    refusals: ['Forbidden'],
  },
  productionAccess: {
    method: 'POST',
    path: '/api/v1/sending/production-access',
    scope: 'full',
    users: true,
    operation: 'requestProductionAccess',
    summary: "Asks AWS to let the service out of SES's sandbox; for the operator",
    body: productionAccessSchema,
    answers: {
      202: v.pipe(
        v.strictObject({ productionAccess: v.picklist(REVIEW_STATES) }),
        v.title('ProductionAccess'),
      ),
    },
    refusals: ['Forbidden', 'Conflict'],
  },
} as const;
