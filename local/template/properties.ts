import * as v from 'valibot';
import { StartError } from '../start-error.ts';
import { resolve, type Scope } from './intrinsics.ts';

/**
 * The properties of a resource that `shape` names, resolved and checked.
 *
 * @param ignored names of properties that need no running here
 * @throws StartError for a property that is in neither list, or has another shape.
 */
export function readProperties<S extends v.ObjectEntries>(
  title: string,
  properties: Readonly<Record<string, unknown>>,
  shape: S,
  { scope, ignored }: { readonly scope: Scope; readonly ignored: readonly string[] },
): v.InferOutput<v.ObjectSchema<S, undefined>> {
  const used: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(properties)) {
    if (Object.hasOwn(shape, key)) used[key] = value;
    else if (!ignored.includes(key)) {
      throw new StartError(
        `${title} has the property ${key}, which the local system does not know.`,
      );
    }
  }
  const parsed = v.safeParse(v.object(shape), resolve(used, scope));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new StartError(`${title}: ${v.getDotPath(issue) ?? 'properties'}: ${issue.message}.`);
}
