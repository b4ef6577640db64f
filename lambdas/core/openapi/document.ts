import type { Route } from '../http/route.ts';
import type { JsonObject } from './json.ts';
import { parametersOf, requestBodyOf } from './request.ts';
import { HEADERS, namedRefusals, type Refusals, responsesOf } from './responses.ts';
import { type NamedSchemas, namedSchemas } from './schemas.ts';

const ABOUT = `Send email, and follow its status.

Every error is \`{"error","message"}\`: \`error\` is one of a closed list, for programs; \`message\` says what is wrong and what to do. A path that does not exist returns the response \`NotFound\`; a method that the path does not allow returns \`MethodNotAllowed\`. A response without \`error\` comes from AWS (its size limit, its throttle, 503): send the request again.

An optional field that is \`null\` counts as absent. An unknown field is an error.`;

/** Who may call, in words. */
function accessOf({ scope, domainKeys, users, liveOnly, operatorOnly }: Route): string {
  if (!scope) return 'Needs no key.';
  if (operatorOnly) {
    return "Accepts a live key with the scope 'full' of the operator's account, or an operator's access token.";
  }
  const keys = scope === 'full' ? "a key with the scope 'full'" : 'a key of any scope';
  const bound = domainKeys
    ? `${keys}; a key that is bound to a domain only works for that domain.`
    : `${keys} that is not bound to a domain.`;
  return [
    `Accepts ${bound}`,
    ...(liveOnly ? ['A test key is refused.'] : []),
    ...(users ? ["Also accepts a signed-in user's access token."] : []),
  ].join(' ');
}

function operationOf(route: Route, schemas: NamedSchemas, refusals: Refusals): JsonObject {
  const requestBody = requestBodyOf(route, schemas);
  return {
    operationId: route.operation,
    summary: route.summary,
    description: accessOf(route),
    ...(route.scope ? {} : { security: [] }),
    ...(route.users ? { security: [{ bearer: [] }, { accessToken: [] }] } : {}),
    parameters: parametersOf(route),
    ...(requestBody ? { requestBody } : {}),
    responses: responsesOf(route, schemas, refusals),
  };
}

/** The OpenAPI 3.1 document of some routes. The host that serves it is the server that it speaks of. */
export function openApiDocument(routes: readonly Route[]): JsonObject {
  const schemas = namedSchemas();
  const refusals = namedRefusals();
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const route of routes) {
    const path = { ...paths[route.path] };
    path[route.method.toLowerCase()] = operationOf(route, schemas, refusals);
    paths[route.path] = path;
  }
  const bearer = {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key: `ml_live_…` sends real email, `ml_test_…` simulates it.',
  };
  const accessToken = {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: "A signed-in user's access token, from the service's Cognito user pool.",
  };
  return {
    openapi: '3.1.0',
    info: { title: 'Maillayer', version: 'v1', description: ABOUT },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer, accessToken },
      headers: HEADERS,
      responses: refusals.all,
      schemas: schemas.all,
    },
  };
}
