import { describe, expect, it } from '@jest/globals';
import type { EmailDeliveryDeps } from '../../lambdas/core/email/delivery.ts';
import type { Gate } from '../../lambdas/core/sending/gate.ts';
import { createHandler } from '../../lambdas/deliver-email/handler.ts';
import { delivery } from '../core/email/fake-delivery.ts';
import { aMessage, anEmail, memoryLog, NOW, only } from '../core/email/fakes.ts';
import { batchOf, CONTEXT } from '../core/queue/fake-batch.ts';

function setup(gate: Gate = {}, changes: Partial<EmailDeliveryDeps> = {}) {
  const { deps, emails } = delivery([anEmail()]);
  const seen = { hidden: [] as [string, number][], parked: [] as string[], closed: 0, reads: 0 };
  const sender: EmailDeliveryDeps['senders']['live'] = {
    send: async () => ({ kind: 'accepted' }),
    close() {
      seen.closed += 1;
    },
  };
  const handler = createHandler({
    ...deps,
    ...changes,
    senders: { live: sender, test: sender },
    gate: {
      ...deps.gate,
      async read() {
        seen.reads += 1;
        return gate;
      },
    },
    log: memoryLog().log,
    hide: async (handle, milliseconds) => void seen.hidden.push([handle, milliseconds]),
    park: async (_, reason) => void seen.parked.push(reason),
  });
  return { handler, emails, seen };
}

describe('a batch of the send queue', () => {
  it('is delivered, hidden if it is not done, or moved to the dead-letter queue if it is unreadable', async () => {
    const { handler, emails, seen } = setup();
    const missing = aMessage({ id: 'd'.repeat(24) });
    const answer = await handler(batchOf(aMessage(), 'text', missing), CONTEXT);
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: 'm2' }]);
    expect(emails.writes).toEqual(['claim', 'markTaken']);
    expect(seen.hidden).toEqual([['r2', 1500]]);
    expect(seen.parked).toEqual(['unreadable_message']);
  });

  it('reads the gate once and closes the connections once each', async () => {
    const refused = { code: 'X', message: 'Paused.', at: NOW };
    const { handler, emails, seen } = setup({ refused });
    const { batchItemFailures } = await handler(batchOf(aMessage(), aMessage()), CONTEXT);
    expect(batchItemFailures).toHaveLength(2);
    expect(seen).toMatchObject({ reads: 1, closed: 2 });
    expect(emails.writes).toEqual([]);
  });

  it('comes again soon, and later each time, after a failure of our own', async () => {
    const find = () => Promise.reject(new Error('No table.'));
    const { handler, seen } = setup(
      {},
      { emails: only<EmailDeliveryDeps['emails']>('emails', { find }) },
    );
    const { batchItemFailures } = await handler(batchOf(aMessage()), CONTEXT);
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'm0' }]);
    expect(seen.hidden).toEqual([['r0', 20_000]]);
    expect(seen.closed).toBe(2);
  });
});
