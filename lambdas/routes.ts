import { routes as acceptEmail } from './accept-email/route.ts';
import type { Route, Routes } from './core/http/route.ts';
import { routes as getAccount } from './get-account/route.ts';
import { routes as getEmail } from './get-email/route.ts';
import { routes as getOpenApi } from './get-openapi/route.ts';
import { routes as manageApiKeys } from './manage-api-keys/route.ts';
import { routes as manageDomains } from './manage-domains/route.ts';
import { routes as manageSending } from './manage-sending/route.ts';
import { routes as manageSuppressions } from './manage-suppressions/route.ts';
import { routes as manageWebhooks } from './manage-webhooks/route.ts';

/** Every function that API Gateway calls, with the routes that it answers. */
export const ROUTES = {
  'accept-email': acceptEmail,
  'get-account': getAccount,
  'get-email': getEmail,
  'manage-api-keys': manageApiKeys,
  'manage-domains': manageDomains,
  'manage-sending': manageSending,
  'manage-suppressions': manageSuppressions,
  'manage-webhooks': manageWebhooks,
  'get-openapi': getOpenApi,
} as const satisfies Readonly<Record<string, Routes>>;

/** The name of a function that API Gateway calls. */
export type RouteFunction = keyof typeof ROUTES;

/** Every route of the API. */
export const ALL_ROUTES: readonly Route[] = Object.values<Routes>(ROUTES).flatMap(Object.values);

/** Each path of the API with its methods, as `refuse-route` gets them in its environment. */
export function methodsByPath(): Record<string, string[]> {
  const methods: Record<string, string[]> = {};
  for (const { method, path } of ALL_ROUTES) methods[path] = [...(methods[path] ?? []), method];
  return methods;
}
