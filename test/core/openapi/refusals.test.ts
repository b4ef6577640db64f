import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import type { Route } from '../../../lambdas/core/http/route.ts';
import { refusalsOf } from '../../../lambdas/core/openapi/refusals.ts';

const OPEN: Route = {
  method: 'GET',
  path: '/api/v1/things',
  operation: 'listThings',
  summary: 'Lists things',
  answers: { 200: null },
};
const body = v.pipe(v.strictObject({}));
const query = { word: v.string() };
const errors = (changes: Partial<Route>) =>
  [...refusalsOf({ ...OPEN, ...changes }).values()].flat();
const ALWAYS = ['Rate limit exceeded', 'Internal server error'];

describe('the errors of a route', () => {
  // Written by hand: what the route declares, what it answers besides the two that every route has.
  it.each<[Partial<Route>, string[]]>([
    [{}, []],
    [{ scope: 'send', domainKeys: true }, ['Unauthorized']],
    [{ scope: 'send' }, ['Unauthorized', 'Forbidden']],
    [{ scope: 'full', domainKeys: true }, ['Unauthorized', 'Forbidden']],
    [{ scope: 'full' }, ['Unauthorized', 'Forbidden']],
    [{ path: '/api/v1/things/{id}' }, ['Not found']],
    [{ scope: 'send', domainKeys: true, liveOnly: true }, ['Unauthorized', 'Forbidden']],
    [{ scope: 'send', domainKeys: true, operatorOnly: true }, ['Unauthorized', 'Forbidden']],
    [{ query }, ['Validation failed']],
    [{ paged: true }, ['Validation failed']],
    [{ body }, ['Validation failed']],
    [{ body, bodyLimit: { fields: ['html'], bytes: 1 } }, ['Validation failed', 'Too large']],
    [{ refusals: ['Conflict'] }, ['Conflict']],
    [{ query, refusals: ['Validation failed'] }, ['Validation failed']],
  ])('of %j follow from it', (declared, expected) => {
    expect(errors(declared).sort()).toEqual([...ALWAYS, ...expected].sort());
  });

  it('are listed by their status, in the order of docs/api.md', () => {
    const refusals = refusalsOf({
      ...OPEN,
      scope: 'full',
      refusals: ['Recipient suppressed', 'Domain not verified', 'Monthly quota exceeded'],
    });
    expect([...refusals]).toEqual([
      [401, ['Unauthorized']],
      [403, ['Domain not verified', 'Recipient suppressed', 'Forbidden']],
      [429, ['Rate limit exceeded', 'Monthly quota exceeded']],
      [500, ['Internal server error']],
    ]);
  });
});
