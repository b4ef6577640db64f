import type * as v from 'valibot';
import { parseInput } from '../../../lambdas/core/http/input.ts';
import { Refusal } from '../../../lambdas/core/http/refusal.ts';

/** What a caller is told about a body; 'taken' where nothing is wrong with it. */
export function toldAbout(schema: Parameters<typeof parseInput>[0], body: unknown): string {
  try {
    parseInput(schema as v.GenericSchema & typeof schema, body);
  } catch (error) {
    if (error instanceof Refusal && error.error === 'Validation failed') return error.message;
    throw error;
  }
  return 'taken';
}
