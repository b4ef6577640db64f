import * as v from 'valibot';

/** `live` delivers real email, `test` simulates it; each has its own emails and counts. */
export const environment = v.picklist(['live', 'test']);
export type Environment = v.InferOutput<typeof environment>;
