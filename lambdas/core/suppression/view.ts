import type { Suppression } from './suppression.ts';

/** A suppression as its owner sees it. */
export function suppressionView(suppression: Suppression) {
  const { address, reason, detail, emailId, createdAt, expiresAt } = suppression;
  return { address, reason, detail, emailId, createdAt, expiresAt };
}
