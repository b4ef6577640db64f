import { describe, expect, it } from '@jest/globals';
import { routeKeyOf } from '../../lambdas/core/http/route.ts';
import { createHandler } from '../../lambdas/refuse-route/handler.ts';
import { ALL_ROUTES, methodsByPath } from '../../lambdas/routes.ts';
import { call, httpEvent, httpWorld } from '../core/http/fake-http.ts';
import {
  DOCUMENT,
  type Header,
  misfits,
  OPERATIONS,
  type Response,
  resolve,
  type Schema,
} from './document.ts';
import { OPENAPI } from './openapi-schema.ts';

/** Every value of a key, at any depth. */
function valuesOf(key: string, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(name === key ? [inner] : []),
    ...valuesOf(key, inner),
  ]);
}

describe('the OpenAPI document', () => {
  it('is one, of version 3.1', () => {
    expect(misfits(OPENAPI, DOCUMENT)).toEqual([]);
  });

  it('has every route of the API and no other', () => {
    const documented = OPERATIONS.map(({ routeKey }) => routeKey);
    expect(documented.sort()).toEqual(ALL_ROUTES.map(routeKeyOf).sort());
  });

  it('gives each operation a name of its own', () => {
    const names = OPERATIONS.map(({ operation }) => operation.operationId);
    expect([...new Set(names)]).toEqual(names);
    for (const name of names) expect(name).toMatch(/^[a-z]+[A-Za-z]+$/);
  });

  it('describes each parameter of a path, and no other', () => {
    for (const { path, operation } of OPERATIONS) {
      const described = operation.parameters.filter((each) => each.in === 'path');
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(described.map(({ name }) => name)).toEqual(wanted);
      expect(described.every(({ required }) => required)).toBe(true);
    }
  });

  it('refers to what it has only, and uses every schema', () => {
    const references = new Set(valuesOf('$ref', DOCUMENT) as string[]);
    for (const $ref of references) expect(resolve({ $ref })).toBeDefined();
    const schemas = Object.keys(DOCUMENT.components.schemas ?? {});
    expect(schemas.filter((name) => !references.has(`#/components/schemas/${name}`))).toEqual([]);
  });

  it('asks everyone for a key except for itself', () => {
    const open = OPERATIONS.filter(({ operation }) => operation.security?.length === 0);
    expect(open.map(({ operation }) => operation.operationId)).toEqual(['getOpenApiDocument']);
  });

  it('asks for a key alone only where email is sent; everywhere else a token will do', () => {
    const strict = OPERATIONS.filter(({ operation }) => operation.security === undefined);
    expect(strict.map(({ operation }) => operation.operationId)).toEqual(['sendEmail']);
  });

  it('has schemas that JSON Schema can read, strictly', () => {
    const schemas = [
      ...Object.values((DOCUMENT.components.schemas ?? {}) as Record<string, Schema>),
      ...OPERATIONS.flatMap(({ operation }) => operation.parameters.map(({ schema }) => schema)),
    ];
    for (const schema of schemas) expect(() => misfits(schema, null)).not.toThrow();
  });
});

describe('a request that no route takes', () => {
  it.each([
    ['DELETE', '/api/v1/emails', 'MethodNotAllowed', 405],
    ['GET', '/api/v1/nothing', 'NotFound', 404],
  ])('%s %s gets the answer %s of the document', async (method, rawPath, name, status) => {
    const answer = await call(
      createHandler({ ...httpWorld().deps, paths: methodsByPath() }),
      httpEvent({ routeKey: '$default', method, rawPath }),
    );
    expect(answer.status).toBe(status);
    const response = resolve<Response>({ $ref: `#/components/responses/${name}` });
    expect(misfits(response.content?.['application/json'].schema ?? {}, answer.body)).toEqual([]);
    for (const [header, described] of Object.entries(response.headers)) {
      const value = answer.headers[header.toLowerCase()];
      const { schema } = resolve<Header>(described);
      expect(misfits(schema, schema.type === 'integer' ? Number(value) : value)).toEqual([]);
    }
  });
});
