import type { Suppression, SuppressionStore } from '../../lambdas/core/suppression/suppression.ts';
import { at, hex24, NOW } from './webhooks.ts';

/** A day in seconds. */
export const DAY = 86_400;
/** The address that these suppressions are about. */
export const ADA = 'ada@example.com';

/** One that lasts, by an event of a bounce. */
export function suppression(more: Partial<Suppression> = {}): Suppression {
  return {
    address: ADA,
    reason: 'bounced',
    detail: 'General',
    emailId: hex24(),
    createdAt: at(0),
    expiresAt: null,
    ...more,
  };
}

/** One that a person or a program of the account added. */
export const manual = (more: Partial<Suppression> = {}) =>
  suppression({ reason: 'manual', detail: null, emailId: null, ...more });

/** One that ends 14 days after it began. */
export const temporary = (second: number) =>
  suppression({ createdAt: at(second), expiresAt: at(second + 14 * DAY), detail: 'Suppressed' });

/** The entry that stands for Ada after all of these were added to a fresh account. */
export async function standing(
  store: SuppressionStore,
  added: readonly Suppression[],
  now = NOW,
): Promise<Suppression | undefined> {
  const account = hex24();
  for (const each of added) await store.add(account, each);
  return await store.find(account, ADA, now);
}
