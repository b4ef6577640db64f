import { isObject, type JsonObject } from './json.ts';
import type { DocumentRoute } from './refusals.ts';
import { jsonSchemaOf, type NamedSchemas } from './schemas.ts';

function pathParameters(path: string): JsonObject[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters({ query }: DocumentRoute): JsonObject[] {
  if (!query) return [];
  const { properties, required = [] } = jsonSchemaOf(query);
  if (!isObject(properties)) throw new Error('The schema of a query is no object.');
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: (required as string[]).includes(name),
    schema,
  }));
}

function headerParameters({ idempotencyKey }: DocumentRoute): JsonObject[] {
  if (!idempotencyKey) return [];
  return [
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description:
        'The same key and body get the first response again, and nothing is sent twice; the same key with a different body is a conflict.',
      schema: jsonSchemaOf(idempotencyKey),
    },
  ];
}

/** Parameters of a route's path, query and headers. */
export function parametersOf(route: DocumentRoute): JsonObject[] {
  return [...pathParameters(route.path), ...queryParameters(route), ...headerParameters(route)];
}

/** The body of a route; undefined where it takes none. */
export function requestBodyOf(
  { body, bodyOptional }: DocumentRoute,
  schemas: NamedSchemas,
): JsonObject | undefined {
  return (
    body && {
      required: !bodyOptional,
      content: { 'application/json': { schema: schemas.refer(jsonSchemaOf(body)) } },
    }
  );
}
