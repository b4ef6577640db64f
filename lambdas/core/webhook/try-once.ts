import type { Verdict } from '../value/verdict.ts';
import type { WebhookDeliveryDeps } from './delivering.ts';
import { recordAttempt, type Tried } from './settle.ts';
import { signingSecrets, webhookHeaders } from './signature.ts';

/** Signs a webhook with every secret that is current, posts it, and writes down what came of it. */
export async function tryOnce(tried: Tried, deps: WebhookDeliveryDeps): Promise<Verdict> {
  const { endpoint, delivery } = tried;
  const current = signingSecrets(endpoint, deps.now());
  const secrets = await Promise.all(
    current.map(({ ciphertext }) => deps.vault.open(delivery, ciphertext)),
  );
  const now = deps.now();
  const headers = webhookHeaders(delivery, secrets, now);
  const result = await deps.egress.post(endpoint.url, headers, delivery.body);
  return await recordAttempt(tried, { ...result, at: new Date(now).toISOString() }, deps);
}
