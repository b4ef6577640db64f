import { ROUTES } from '../core/contract/routes.ts';
import { type ApiHandler, type HttpDeps, openHandler } from '../core/http/api-handler.ts';
import { nearest } from '../core/http/problems.ts';
import { Refusal } from '../core/http/refusal.ts';

/** The paths without parameters: what somebody who mistypes can mean. */
const PATHS = [...new Set(ROUTES.map(({ path }) => path))].filter((path) => !path.includes('{'));
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

function refusalOf(method: string, path: string): Refusal {
  const allowed = ROUTES.filter((route) => isAt(path, route.path)).map((route) => route.method);
  if (allowed.length > 0) {
    const allow = allowed.join(', ');
    const message = `This path does not allow ${method}. Use ${allow}.`;
    return new Refusal('Method not allowed', message, { allow });
  }
  const near = nearest(path.slice(0, PATH_LENGTH), PATHS);
  const meant = near === undefined ? '' : ` Did you mean ${near}?`;
  const message = `This path does not exist.${meant} GET /api/v1/openapi.json lists all paths.`;
  return new Refusal('Not found', message);
}

/** Answers every request that no route takes: 405 where the path exists, else 404. */
export function createHandler(deps: HttpDeps): ApiHandler {
  return openHandler(deps, async (event) => {
    throw refusalOf(event.requestContext.http.method, event.rawPath);
  });
}
