/** A route of the HTTP API: its key, and what it invokes. */
export interface Route<T> {
  /** `POST /api/v1/emails`, `GET /api/v1/emails/{id}`, `ANY /files/{path+}` or `$default`. */
  readonly routeKey: string;
  readonly target: T;
}

/** A route that fits a request, with the parts of the path that it names. */
export interface RouteMatch<T> extends Route<T> {
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * The route of a request, chosen as API Gateway does: the most specific path first, a method before
 * `ANY`, a greedy `{name+}` after all others, `$default` last.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function matchRoute<T>(
  routes: readonly Route<T>[],
  method: string,
  path: string,
): RouteMatch<T> | undefined {
  const found = [...routes].sort(moreSpecificFirst).flatMap((route) => {
    const pathParameters = fitRoute(route.routeKey, method, path);
    return pathParameters === undefined ? [] : [{ ...route, pathParameters }];
  });
  return found[0];
}

function fitRoute(
  routeKey: string,
  method: string,
  path: string,
): Record<string, string> | undefined {
  if (routeKey === '$default') return {};
  const [routeMethod, pattern = ''] = routeKey.split(' ');
  if (routeMethod !== 'ANY' && routeMethod !== method) return undefined;
  const wanted = pattern.split('/');
  const given = path.split('/');
  const parameters: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    const value = given[index];
    if (value === undefined || (name === undefined && segment !== value)) return undefined;
    if (name?.endsWith('+')) {
      const rest = given.slice(index).join('/');
      return rest === '' ? undefined : { ...parameters, [name.slice(0, -1)]: rest };
    }
    if (name !== undefined && value === '') return undefined;
    if (name !== undefined) parameters[name] = value;
  }
  return wanted.length === given.length ? parameters : undefined;
}

function moreSpecificFirst(a: Route<unknown>, b: Route<unknown>): number {
  return rank(a.routeKey) - rank(b.routeKey);
}

function rank(routeKey: string): number {
  if (routeKey === '$default') return 1e6;
  const greedy = routeKey.includes('+}') ? 1e4 : 0;
  const variables = routeKey.split('{').length - 1;
  return greedy + variables * 10 + (routeKey.startsWith('ANY ') ? 1 : 0);
}
