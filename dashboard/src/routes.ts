import { type ComponentType, lazy } from 'react';

/** Every page: its address, and its component, which is a chunk of its own. */
export const PAGES: readonly (readonly [path: string, page: ComponentType])[] = [
  ['/', lazy(() => import('./pages/overview/overview-page.tsx'))],
  ['/emails', lazy(() => import('./pages/emails/emails-page.tsx'))],
  ['/emails/:id', lazy(() => import('./pages/emails/email-page.tsx'))],
  ['/domains', lazy(() => import('./pages/domains/domains-page.tsx'))],
  ['/domains/:name', lazy(() => import('./pages/domains/domain-page.tsx'))],
  ['/api-keys', lazy(() => import('./pages/api-keys/api-keys-page.tsx'))],
  ['/webhooks', lazy(() => import('./pages/webhooks/webhooks-page.tsx'))],
  ['/webhooks/:id', lazy(() => import('./pages/webhooks/webhook-page.tsx'))],
  ['/suppressions', lazy(() => import('./pages/suppressions/suppressions-page.tsx'))],
  ['/requests', lazy(() => import('./pages/requests/requests-page.tsx'))],
  ['/settings', lazy(() => import('./pages/settings/settings-page.tsx'))],
  ['*', lazy(() => import('./pages/not-found-page.tsx'))],
];
