import * as v from 'valibot';
import type { Routes } from '../core/http/route.ts';

/** The document about the API itself: it answers everyone, so it has no scope. */
export const routes = {
  document: {
    method: 'GET',
    path: '/api/v1/openapi.json',
    operation: 'getOpenApiDocument',
    summary: 'The OpenAPI 3.1 document of this API',
    answers: { 200: v.looseObject({ openapi: v.pipe(v.string(), v.regex(/^3\.1\./)) }) },
  },
} as const satisfies Routes;
