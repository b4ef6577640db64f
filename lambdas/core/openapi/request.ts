import { IDEMPOTENCY_KEY, querySchemaOf, type Route } from '../http/route.ts';
import { isObject, type JsonObject } from './json.ts';
import { jsonSchemaOf, type NamedSchemas } from './schemas.ts';

function pathParameters(path: string): JsonObject[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(route: Route): JsonObject[] {
  const schema = querySchemaOf(route);
  if (!schema) return [];
  const { properties, required = [] } = jsonSchemaOf(schema);
  if (!isObject(properties)) throw new Error('The schema of a query is no object.');
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: (required as string[]).includes(name),
    schema,
  }));
}

function headerParameters({ idempotent }: Route): JsonObject[] {
  if (!idempotent) return [];
  return [
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description:
        'The same key and body get the first response again, and nothing is sent twice; the same key with a different body is a conflict.',
      schema: jsonSchemaOf(IDEMPOTENCY_KEY),
    },
  ];
}

/** Parameters of a route's path, query and headers. */
export function parametersOf(route: Route): JsonObject[] {
  return [...pathParameters(route.path), ...queryParameters(route), ...headerParameters(route)];
}

/** The body of a route; undefined where it takes none. */
export function requestBodyOf(
  { body, bodyOptional }: Route,
  schemas: NamedSchemas,
): JsonObject | undefined {
  return (
    body && {
      required: !bodyOptional,
      content: { 'application/json': { schema: schemas.refer(jsonSchemaOf(body)) } },
    }
  );
}
