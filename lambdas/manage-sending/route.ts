import * as v from 'valibot';
import type { Routes } from '../core/http/route.ts';
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
    operatorOnly: true,
    operation: 'verifySandboxRecipient',
    summary:
      "Asks SES to verify a recipient's address, by a link in an email; for the operator, in the sandbox",
    body: recipientRequestSchema,
    answers: { 200: recipientSchema, 202: recipientSchema },
  },
  recipient: {
    method: 'GET',
    path: '/api/v1/sending/recipients/{address}',
    notFound:
      'No verification of this address was requested. Request it with POST /api/v1/sending/recipients.',
    scope: 'full',
    users: true,
    operatorOnly: true,
    operation: 'getSandboxRecipient',
    summary: "Shows whether a recipient's address is verified; for the operator",
    answers: { 200: recipientSchema },
  },
  productionAccess: {
    method: 'POST',
    path: '/api/v1/sending/production-access',
    scope: 'full',
    users: true,
    operatorOnly: true,
    operation: 'requestProductionAccess',
    summary: "Requests production access from AWS, to leave SES's sandbox; for the operator",
    body: productionAccessSchema,
    answers: {
      202: v.pipe(
        v.strictObject({ productionAccess: v.picklist(REVIEW_STATES) }),
        v.title('ProductionAccess'),
      ),
    },
    refusals: ['Conflict'],
  },
} as const satisfies Routes;
