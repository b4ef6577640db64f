import { ROUTES } from '../core/contract/routes.ts';
import { type ApiHandler, type HttpDeps, openHandler } from '../core/http/api-handler.ts';
import { Refusal } from '../core/http/refusal.ts';

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
    const message = `This path does not take ${method}. It takes ${allow}.`;
    return new Refusal('Method not allowed', message, { allow });
  }
  const known = [...new Set(ROUTES.map((route) => route.path))].join(', ');
  return new Refusal('Not found', `There is nothing at this path. The paths are ${known}.`);
}

/** Answers every request that no route takes: 405 where the path exists, else 404. */
export function createHandler(deps: HttpDeps): ApiHandler {
  return openHandler(deps, async (event) => {
    throw refusalOf(event.requestContext.http.method, event.rawPath);
  });
}
