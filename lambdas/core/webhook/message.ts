import * as v from 'valibot';
import { webhookMessageSchema } from '../contract/messages.ts';
import type { Delivery } from './delivery.ts';
import { WEBHOOK_EVENTS } from './endpoint.ts';

const eventSchema = webhookMessageSchema.entries.event.wrapped;

const schema = v.object({
  ...webhookMessageSchema.entries,
  event: v.optional(v.object({ ...eventSchema.entries, type: v.picklist(WEBHOOK_EVENTS) })),
});

/** A message of the webhook queue whose event is one that endpoints know. */
export type EventMessage = v.InferOutput<typeof schema>;

/** Reads a message; undefined where it is none. */
export function readMessage(value: unknown): EventMessage | undefined {
  const parsed = v.safeParse(schema, value);
  return parsed.success ? parsed.output : undefined;
}

/** The delivery that a message begins, not tried and not written yet; undefined where it carries no event. */
export function deliveryOf(
  { account, endpoint, id, event }: EventMessage,
  now: number,
): Omit<Delivery, 'mark'> | undefined {
  if (!event) return undefined;
  const { type, environment, emailId, body } = event;
  const createdAt = new Date(now).toISOString();
  const begun = { status: 'pending', tries: 0, attempts: [] } as const;
  return { account, endpoint, id, event: type, environment, emailId, body, createdAt, ...begun };
}
