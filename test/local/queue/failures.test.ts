import { describe, expect, it } from '@jest/globals';
import { failedMessages } from '../../../local/queue/failures.ts';

const BATCH = ['a', 'b', 'c'];
const failed = (answer: unknown, reportsItems = true) => [
  ...failedMessages({ ok: true, payload: JSON.stringify(answer) }, BATCH, reportsItems),
];
const reported = (...identifiers: unknown[]) => ({
  batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('the failed messages of a batch', () => {
  it.each([
    [null],
    [{}],
    [{ batchItemFailures: null }],
    [{ batchItemFailures: [] }],
    [{ other: 1 }],
  ])('are none when the answer is %j', (answer) => {
    expect(failed(answer)).toEqual([]);
  });

  it('are those that the answer names', () => {
    expect(failed(reported('c', 'a'))).toEqual(['c', 'a']);
  });

  it.each([
    ['text'],
    [7],
    [{ batchItemFailures: 'a' }],
    [reported('')],
    [reported(null)],
    [reported('a', 'stranger')],
    [{ batchItemFailures: [{ wrongKey: 'a' }] }],
    [{ batchItemFailures: [null] }],
  ])('are all when the answer is %j', (answer) => {
    expect(failed(answer)).toEqual(BATCH);
  });

  it('are all when the call failed', () => {
    const result = { ok: false, errorType: 'E', errorMessage: 'no' } as const;
    expect([...failedMessages(result, BATCH, true)]).toEqual(BATCH);
    expect([...failedMessages(result, BATCH, false)]).toEqual(BATCH);
  });

  it('are never some when the mapping does not ask for them', () => {
    expect(failed(reported('a'), false)).toEqual([]);
  });
});
