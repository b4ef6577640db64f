import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { lambdaHandler } from '../../../lambdas/core/runtime/lambda-handler.ts';

describe('what a function throws', () => {
  const thrown = async (error: unknown) => {
    const failing = lambdaHandler(async () => {
      throw error;
    });
    return await failing({}, { getRemainingTimeInMillis: () => 60_000 }).catch((caught) => caught);
  };

  it('goes on without addresses and keys, since Lambda writes it into the log', async () => {
    const key = `ml_live_${'k'.repeat(36)}`;
    const error = Object.assign(new Error(`Invalid: ada@example.org ${key}`), {
      name: 'ValidationException',
      item: { to: 'ada@example.org' },
      cause: new Error('ada@example.org'),
    });
    const caught = await thrown(error);
    expect(caught).toBeInstanceOf(Error);
    expect(caught.name).toBe('ValidationException');
    expect(caught.message).toMatch(/^Invalid: /);
    expect(caught.stack).toMatch(/^ValidationException: Invalid: .*\n +at /);
    expect(caught.stack).toMatch(/lambda-handler\.test\.ts/);
    expect(caught.stack).not.toMatch(/error-entry/);
    expect(inspect(caught)).not.toMatch(/ada|kkk/);
  });

  it('is an error where it was none', async () => {
    expect(await thrown('no ada@example.org')).toBeInstanceOf(Error);
    expect(inspect(await thrown('no ada@example.org'))).not.toContain('ada');
  });
});
