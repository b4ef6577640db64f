import { describe, expect, it } from '@jest/globals';
import { createHandler } from '../../lambdas/sweep-due/handler.ts';
import { aDelivery, NOW } from '../contracts/webhooks.ts';
import { memoryLog } from '../core/email/fakes.ts';
import { CONTEXT } from '../core/queue/fake-batch.ts';
import { TIMES } from '../core/webhook/fake-world.ts';
import { memoryStores } from '../core/webhook/memory-stores.ts';

describe('the sweeper', () => {
  it('sends what is due and logs how much that was', async () => {
    const { stores, addDelivery } = memoryStores();
    const { log, lines } = memoryLog();
    addDelivery(aDelivery(0, { dueAt: NOW }));
    addDelivery(aDelivery(0, { dueAt: NOW + 3_600_000 }));
    let sent = 0;
    const send = async (messages: readonly unknown[]) => {
      sent += messages.length;
    };
    const { due } = stores;
    const handler = createHandler({ due, queue: { send }, times: TIMES, now: () => NOW, log });
    await handler({}, CONTEXT);
    expect(sent).toBe(1);
    expect(lines).toEqual([{ message: 'swept', fields: { sent: 1, lost: 0, rest: false } }]);
  });
});
