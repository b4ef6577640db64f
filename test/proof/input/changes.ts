import fc from 'fast-check';
import { bodyChanges } from './body-changes.ts';
import type { Change } from './draft.ts';
import { headerChanges } from './header-changes.ts';
import { pathChanges, queryChanges } from './target-changes.ts';

/** What a request of an operation can be changed in. */
export type Places = {
  readonly takesBody: boolean;
  readonly takesQuery: boolean;
  /** Methods that the path takes. */
  readonly methods: readonly string[];
  readonly path: string;
};

/** The methods of HTTP that a server can be asked with; CONNECT asks for something else than an answer. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'];

/** Another method; never one that would destroy what other requests use. */
function methodChanges({ methods }: Places): fc.Arbitrary<Change> {
  const destroys = (method: string) => method === 'DELETE' || method === 'PATCH';
  const others = METHODS.filter((method) => !(destroys(method) && methods.includes(method)));
  return fc.constantFrom(...others).map(
    (method): Change =>
      (draft) => ({ ...draft, method }),
  );
}

/** One change of a request, in any place that its operation has. */
export function oneChange(places: Places): fc.Arbitrary<Change> {
  const weighted = (weight: number, arbitrary: fc.Arbitrary<Change>) => ({ weight, arbitrary });
  return fc.oneof(
    weighted(places.takesBody ? 12 : 2, bodyChanges(places.takesBody)),
    weighted(places.takesQuery ? 8 : 2, queryChanges),
    weighted(places.path.includes('{') ? 5 : 2, pathChanges(places.path)),
    weighted(5, headerChanges),
    weighted(1, methodChanges(places)),
  );
}
