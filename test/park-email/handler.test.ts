import { describe, expect, it } from '@jest/globals';
import { mailOf } from '../../lambdas/core/email/event-tags.ts';
import { createHandler } from '../../lambdas/park-email/handler.ts';
import { memoryEmails } from '../core/email/fake-emails.ts';
import { aMessage, anEmail, memoryLog, NOW } from '../core/email/fakes.ts';
import { batchOf } from '../core/queue/fake-batch.ts';

const GAVE_UP = { eventType: 'Gave Up', mail: mailOf(anEmail(), 0) };

function setup(...seed: Parameters<typeof memoryEmails>) {
  const emails = memoryEmails(...seed);
  const parked: string[] = [];
  const park = async (_: string, reason: string) => void parked.push(reason);
  const reports: object[] = [];
  const report = async (event: object) => void reports.push(event);
  const deps = { park, report, log: memoryLog().log, now: () => NOW };
  return {
    deps,
    emails,
    parked,
    reports,
    handler: createHandler({ ...deps, emails: emails.store }),
  };
}

describe('a message that SQS gave up', () => {
  it('fails its record and lies in the dead-letter queue with the reason', async () => {
    const { handler, emails, parked, reports } = setup(anEmail());
    expect(await handler(batchOf(aMessage()))).toEqual({ batchItemFailures: [] });
    const failure = { code: 'delivery_gave_up' };
    expect(emails.get(anEmail())).toMatchObject({ phase: 'failed', failure });
    expect(parked).toEqual(['delivery_gave_up']);
    expect(reports).toEqual([GAVE_UP]);
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

  it('reports again an email that failed, but none that was sent', async () => {
    const { handler, reports } = setup(anEmail({ phase: 'failed' }));
    await handler(batchOf(aMessage()));
    expect(reports).toEqual([GAVE_UP]);
    const sent = setup(anEmail({ phase: 'failed', taken: true }));
    await sent.handler(batchOf(aMessage()));
    expect(sent.reports).toEqual([]);
  });

  it('is not moved to the dead-letter queue before its failure is reported', async () => {
    const { deps, emails, parked } = setup(anEmail());
    const report = () => Promise.reject(new Error('No queue.'));
    const handler = createHandler({ ...deps, report, emails: emails.store });
    const answer = await handler(batchOf(aMessage()));
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: 'm0' }]);
    expect(parked).toEqual([]);
  });

  it('comes again when the record changed meanwhile', async () => {
    const { deps, parked, reports } = setup();
    const emails = { find: async () => anEmail(), fail: async () => false };
    const answer = await createHandler({ ...deps, emails })(batchOf(aMessage()));
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: 'm0' }]);
    expect([...parked, ...reports]).toEqual([]);
  });

  it('that cannot be read is moved to the dead-letter queue as such', async () => {
    const { handler, parked } = setup();
    await handler(batchOf('text', aMessage({ id: 'short' })));
    expect(parked).toEqual(['unreadable_message', 'unreadable_message']);
  });
});
