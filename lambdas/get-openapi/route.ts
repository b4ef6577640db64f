import * as v from 'valibot';

/** `GET /api/v1/openapi.json`: answers everyone, so it has no scope. */
export const route = {
  method: 'GET',
  path: '/api/v1/openapi.json',
  operation: 'getOpenApiDocument',
  summary: 'The OpenAPI 3.1 document of this API',
  answers: { 200: v.looseObject({ openapi: v.pipe(v.string(), v.regex(/^3\.1\./)) }) },
} as const;
