import * as v from 'valibot';
import { hexId } from '../value/id.ts';
import { instant } from '../value/time.ts';
import type { Suppression } from './suppression.ts';

/** A suppression as its owner sees it. */
export const suppressionSchema = v.pipe(
  v.strictObject({
    address: v.string(),
    reason: v.picklist(['bounced', 'complained', 'manual']),
    detail: v.nullable(v.string()),
    emailId: v.nullable(hexId),
    createdAt: instant,
    expiresAt: v.nullable(instant),
  }),
  v.title('Suppression'),
);

/** What {@link suppressionSchema} says, of one entry. */
export function suppressionView(suppression: Suppression): v.InferOutput<typeof suppressionSchema> {
  const { address, reason, detail, emailId, createdAt, expiresAt } = suppression;
  return { address, reason, detail, emailId, createdAt, expiresAt };
}
