import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { type DocumentRoute, refusalsOf } from '../../../lambdas/core/openapi/refusals.ts';

const OPEN: DocumentRoute = {
  method: 'GET',
  path: '/api/v1/things',
  operation: 'listThings',
  summary: 'Lists things',
  answers: { 200: null },
};
const schema = v.pipe(v.strictObject({}));
const errors = (changes: Partial<DocumentRoute>) =>
  [...refusalsOf({ ...OPEN, ...changes }).values()].flat();
const ALWAYS = ['Rate limit exceeded', 'Internal server error'];

describe('the errors of a route', () => {
  // Written by hand: what the route declares, what it answers besides the two that every route has.
  it.each<[Partial<DocumentRoute>, string[]]>([
    [{}, []],
    [{ scope: 'send', domainKeys: true }, ['Unauthorized']],
    [{ scope: 'send' }, ['Unauthorized', 'Forbidden']],
    [{ scope: 'full', domainKeys: true }, ['Unauthorized', 'Forbidden']],
    [{ scope: 'full' }, ['Unauthorized', 'Forbidden']],
    [{ path: '/api/v1/things/{id}' }, ['Not found']],
    [{ query: schema }, ['Validation failed']],
    [{ body: schema }, ['Validation failed', 'Too large']],
    [{ refusals: ['Conflict'] }, ['Conflict']],
    [{ query: schema, refusals: ['Validation failed'] }, ['Validation failed']],
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
