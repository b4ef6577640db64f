import * as v from 'valibot';

/** A moment as answers write it: ISO 8601, UTC, milliseconds. */
export const instant = v.pipe(v.string(), v.isoTimestamp());

/** An id of ours: 24 lower-case hex digits. */
export const hexId = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/));

/** Which world something belongs to. */
export const environment = v.picklist(['live', 'test']);

/**
 * A page of a list, newest first, and the cursor of the next page or null.
 *
 * @param title its name in the OpenAPI document, `EmailList`
 */
export function listOf<Entry extends v.GenericSchema>(title: string, entry: Entry) {
  return v.pipe(
    v.strictObject({ data: v.array(entry), nextCursor: v.nullable(v.string()) }),
    v.title(title),
  );
}
