import type * as v from 'valibot';
import { parseBody } from '../../../lambdas/core/http/body.ts';
import { Refusal } from '../../../lambdas/core/http/refusal.ts';

/** What a caller is told about a body; 'taken' where nothing is wrong with it. */
export function toldAbout(schema: Parameters<typeof parseBody>[0], body: unknown): string {
  try {
    parseBody(schema as v.GenericSchema & typeof schema, body);
  } catch (error) {
    if (error instanceof Refusal && error.error === 'Validation failed') return error.message;
    throw error;
  }
  return 'taken';
}
