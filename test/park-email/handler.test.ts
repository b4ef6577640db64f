import { describe, expect, it } from '@jest/globals';
import { createHandler } from '../../lambdas/park-email/handler.ts';
import { memoryEmails } from '../core/email/fake-emails.ts';
import { aMessage, anEmail, memoryLog, NOW } from '../core/email/fakes.ts';
import { batchOf } from '../core/queue/fake-batch.ts';

function setup(...seed: Parameters<typeof memoryEmails>) {
  const emails = memoryEmails(...seed);
  const parked: string[] = [];
  const park = async (_: string, reason: string) => void parked.push(reason);
  const deps = { park, log: memoryLog().log, now: () => NOW };
  return { deps, emails, parked, handler: createHandler({ ...deps, emails: emails.store }) };
}

describe('a message that SQS gave up', () => {
  it('fails its record and lies in the dead-letter queue with the reason', async () => {
    const { handler, emails, parked } = setup(anEmail());
    expect(await handler(batchOf(aMessage()))).toEqual({ batchItemFailures: [] });
    const failure = { code: 'delivery_gave_up' };
    expect(emails.get(anEmail())).toMatchObject({ phase: 'failed', failure });
    expect(parked).toEqual(['delivery_gave_up']);
  });

  it.each([[[]], [[anEmail({ phase: 'sent', taken: true })]], [[anEmail({ phase: 'failed' })]]])(
    'changes no record that is decided or missing',
    async (seed) => {
      const { handler, emails, parked } = setup(...seed);
      await handler(batchOf(aMessage()));
      expect(emails.writes).toEqual([]);
      expect(parked).toEqual(['delivery_gave_up']);
    },
  );

  it('comes again when the record changed meanwhile', async () => {
    const { deps, parked } = setup();
    const emails = { find: async () => anEmail(), fail: async () => false };
    const answer = await createHandler({ ...deps, emails })(batchOf(aMessage()));
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: 'm0' }]);
    expect(parked).toEqual([]);
  });

  it('that cannot be read is parked as such', async () => {
    const { handler, parked } = setup();
    await handler(batchOf('text', aMessage({ id: 'short' })));
    expect(parked).toEqual(['unreadable_message', 'unreadable_message']);
  });
});
