import { type ApiHandler, type HttpDeps, openHandler } from '../core/http/api-handler.ts';
import { nearest } from '../core/http/problems.ts';
import { Refusal } from '../core/http/refusal.ts';

/** Path → its methods, of every route of the API. */
export type Paths = Readonly<Record<string, readonly string[]>>;

/** Characters of a path that are compared. */
const PATH_LENGTH = 100;

function isAt(path: string, template: string): boolean {
  const parts = path.split('/');
  const wanted = template.split('/');
  return (
    parts.length === wanted.length &&
    wanted.every((part, i) => part === parts[i] || (part.startsWith('{') && parts[i] !== ''))
  );
}

function refusalOf(method: string, path: string, paths: Paths): Refusal {
  const allowed = Object.entries(paths).flatMap(([template, methods]) =>
    isAt(path, template) ? methods : [],
  );
  if (allowed.length > 0) {
    const allow = allowed.join(', ');
    const message = `This path does not allow ${method}. Use ${allow}.`;
    return new Refusal('Method not allowed', message, { allow });
  }
  // Somebody who mistypes means a path without an id.
  const known = Object.keys(paths).filter((each) => !each.includes('{'));
  const near = nearest(path.slice(0, PATH_LENGTH), known);
  const meant = near === undefined ? '' : ` Did you mean ${near}?`;
  const message = `This path does not exist.${meant} GET /api/v1/openapi.json lists all paths.`;
  return new Refusal('Not found', message);
}

/** Answers every request that no route takes: 405 where the path exists, else 404. */
export function createHandler({
  paths,
  ...deps
}: HttpDeps & { readonly paths: Paths }): ApiHandler {
  return openHandler(deps, async (event) => {
    throw refusalOf(event.requestContext.http.method, event.rawPath, paths);
  });
}
