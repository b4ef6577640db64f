import { describe, expect, it } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { consumeBatch, jsonOf } from '../../../lambdas/core/queue/consume.ts';
import { memoryLog } from '../email/fakes.ts';
import { batchOf } from './fake-batch.ts';

const event: SQSEvent = batchOf('done', 'again', 'throws', 'done');

describe('a batch', () => {
  it('reports what is not done and what threw, each on its own', async () => {
    const { log, lines } = memoryLog();
    const answer = await consumeBatch(event, log, async ({ body }) => {
      if (body === 'throws') throw new Error('No table.');
      return { done: body === 'done', fields: { emailId: body } };
    });
    expect(answer).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'm2' }],
    });
    expect(lines).toHaveLength(4);
    const error = lines.find((line) => line.message === 'message failed');
    expect(error).toMatchObject({ fields: { messageId: 'm2' }, error: new Error('No table.') });
  });

  it('runs its messages side by side', async () => {
    let arrived = 0;
    let open: () => void = () => undefined;
    const all = new Promise<void>((resolve) => {
      open = resolve;
    });
    await consumeBatch(event, memoryLog().log, async () => {
      arrived += 1;
      if (arrived === event.Records.length) open();
      await all;
      return { done: true, fields: {} };
    });
    expect(arrived).toBe(4);
  });

  it('has no JSON where a body is none', () => {
    const bodies = batchOf('{"a":1}', 'text', '');
    expect(bodies.Records.map(jsonOf)).toEqual([{ a: 1 }, undefined, undefined]);
  });
});
