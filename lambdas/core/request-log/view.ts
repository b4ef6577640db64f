import * as v from 'valibot';
import { environment } from '../value/environment.ts';
import { instant } from '../value/time.ts';
import type { KeptRequest } from './refused-request.ts';

/** A refused request as its account sees it. */
export const requestSchema = v.pipe(
  v.strictObject({
    id: v.string(),
    time: instant,
    key: v.strictObject({ name: v.string(), last4: v.string(), environment }),
    route: v.string(),
    status: v.pipe(v.number(), v.integer()),
    error: v.string(),
    message: v.string(),
    recipientDomains: v.array(v.string()),
  }),
  v.title('RefusedRequest'),
);

/** What {@link requestSchema} says, of one refusal. */
export function requestView(kept: KeptRequest): v.InferOutput<typeof requestSchema> {
  const { id, time, route, status, error, message } = kept;
  const domains = [...kept.recipientDomains];
  const { name, last4, environment: world } = kept.key;
  const key = { name, last4, environment: world };
  return { id, time, key, route, status, error, message, recipientDomains: domains };
}
