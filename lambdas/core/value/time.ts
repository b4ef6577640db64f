import * as v from 'valibot';

/** A moment as answers write it: ISO 8601, UTC, milliseconds. */
export const instant = v.pipe(v.string(), v.isoTimestamp());
