import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import type { Route } from '../../../lambdas/core/http/route.ts';
import { openApiDocument } from '../../../lambdas/core/openapi/document.ts';

const thing = v.pipe(v.strictObject({ word: v.string() }), v.title('Thing'));
const path = '/api/v1/things/{id}';
const ADD: Route = {
  method: 'POST',
  path,
  scope: 'send',
  domainKeys: true,
  operation: 'addThing',
  summary: 'Adds a thing',
  query: { how: v.string(), often: v.optional(v.string()) },
  idempotent: true,
  body: thing,
  bodyOptional: true,
  answers: { 201: thing },
};

// biome-ignore lint/suspicious/noExplicitAny: the document is looked into as a reader of JSON would.
const read = (routes: readonly Route[]): any => JSON.parse(JSON.stringify(openApiDocument(routes)));

describe('the document of some routes', () => {
  it('has the parameters of path, query and header', () => {
    const { parameters } = read([ADD]).paths[path].post;
    expect(
      parameters.map((each: { name: string; in: string; required: boolean }) => [
        each.name,
        each.in,
        each.required,
      ]),
    ).toEqual([
      ['id', 'path', true],
      ['how', 'query', true],
      ['often', 'query', false],
      ['Idempotency-Key', 'header', false],
    ]);
  });

  it('says whether a body is needed', () => {
    expect(read([ADD]).paths[path].post.requestBody.required).toBe(false);
    const { bodyOptional: _given, ...needed } = ADD;
    expect(read([needed]).paths[path].post.requestBody.required).toBe(true);
  });

  it('keeps the methods of one path together', () => {
    const { body: _none, bodyOptional: _neither, ...rest } = ADD;
    const remove: Route = {
      ...rest,
      method: 'DELETE',
      operation: 'removeThing',
      answers: { 204: null },
    };
    const found = read([ADD, remove]);
    expect(Object.keys(found.paths[path])).toEqual(['post', 'delete']);
    expect(found.paths[path].delete.responses['204']).not.toHaveProperty('content');
    expect(found.paths[path].delete).not.toHaveProperty('requestBody');
  });

  it('says that a replay is marked where a key can bring one about', () => {
    const { headers } = read([ADD]).paths[path].post.responses['201'];
    expect(headers).toHaveProperty('Idempotent-Replayed');
    const { idempotent: _none, ...rest } = ADD;
    const without = read([rest]).paths[path].post.responses['201'].headers;
    expect(without).not.toHaveProperty('Idempotent-Replayed');
  });

  it('has Retry-After with a 429 and Allow with a 405 only', () => {
    const { responses } = read([ADD]).components;
    const having = (header: string) =>
      Object.keys(responses).filter((name) => header in responses[name].headers);
    expect(having('Retry-After')).toEqual(['RateLimitExceeded']);
    expect(having('Allow')).toEqual(['MethodNotAllowed']);
    expect(having('WWW-Authenticate')).toEqual(['Unauthorized']);
  });

  it('needs words for every success', () => {
    expect(() => read([{ ...ADD, answers: { 299: null } }])).toThrow('299');
  });
});
