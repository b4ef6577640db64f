import * as v from 'valibot';

/** The entries that a list is asked for: at most `limit`, from `position` on, or from the newest one. */
export type PageQuery = { readonly limit: number; readonly position?: string };

/** Some entries of a list, newest first, and where the next page begins; null at the end of the list. */
export type Page<Entry> = { readonly entries: readonly Entry[]; readonly position: string | null };

/**
 * The schema of an answer with a page of a list and the cursor of the next page, or null.
 *
 * @param title its name in the OpenAPI document, `EmailList`
 */
export function listOf<Entry extends v.GenericSchema>(title: string, entry: Entry) {
  return v.pipe(
    v.strictObject({ data: v.array(entry), nextCursor: v.nullable(v.string()) }),
    v.title(title),
  );
}
