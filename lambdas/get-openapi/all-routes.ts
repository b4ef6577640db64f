import { route as acceptEmail } from '../accept-email/route.ts';
import type { DocumentRoute } from '../core/openapi/refusals.ts';
import { routes as getAccount } from '../get-account/route.ts';
import { routes as getEmail } from '../get-email/route.ts';
import { routes as manageApiKeys } from '../manage-api-keys/route.ts';
import { routes as manageDomains } from '../manage-domains/route.ts';
import { routes as manageSending } from '../manage-sending/route.ts';
import { routes as manageSuppressions } from '../manage-suppressions/route.ts';
import { routes as manageWebhooks } from '../manage-webhooks/route.ts';
import { route as getOpenApi } from './route.ts';

/** Every route of the API as its function declares it; each row of `core/contract/routes.ts` is one of them. */
export const ALL_ROUTES: readonly DocumentRoute[] = [
  acceptEmail,
  ...Object.values(getAccount),
  ...Object.values(getEmail),
  ...Object.values(manageApiKeys),
  ...Object.values(manageDomains),
  ...Object.values(manageSending),
  ...Object.values(manageSuppressions),
  ...Object.values(manageWebhooks),
  getOpenApi,
];
