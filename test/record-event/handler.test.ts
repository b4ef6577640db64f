import { describe, expect, it } from '@jest/globals';
import { simulatedEvents } from '../../lambdas/core/email/simulation.ts';
import { createHandler } from '../../lambdas/record-event/handler.ts';
import { memoryEmails } from '../core/email/fake-emails.ts';
import { anEmail, memoryLog } from '../core/email/fakes.ts';
import { batchOf } from '../core/queue/fake-batch.ts';

const NONE = { batchItemFailures: [] };

function setup(...seed: Parameters<typeof memoryEmails>) {
  const emails = memoryEmails(...seed);
  const parked: string[] = [];
  const { log, lines } = memoryLog();
  const park = async (_: string, reason: string) => void parked.push(reason);
  const handler = createHandler({ emails: emails.store, park, log });
  return { handler, emails, parked, lines };
}

describe('an event of SES', () => {
  it('adds its facts to the record', async () => {
    const { handler, emails, parked } = setup(anEmail());
    expect(await handler(batchOf(...simulatedEvents(anEmail(), 1)))).toEqual(NONE);
    const types = emails.get(anEmail())?.facts.map((fact) => fact.type);
    expect(types).toEqual(['sent', 'delivered']);
    expect(parked).toEqual([]);
  });

  it.each([[[]], [[anEmail({ nonce: '2'.repeat(24) })]]])(
    'without a record that bears its nonce is logged and let go',
    async (seed) => {
      const { handler, emails, lines } = setup(...seed);
      expect(await handler(batchOf(...simulatedEvents(anEmail(), 1)))).toEqual(NONE);
      expect(emails.writes).toEqual([]);
      expect(lines[0]?.fields.outcome).toBe('late: no such email');
    },
  );

  it('about a recipient that the email does not have is parked', async () => {
    const { handler, parked } = setup(anEmail());
    const other = anEmail({ to: 'eve@example.org' });
    expect(await handler(batchOf(...simulatedEvents(other, 1)))).toEqual(NONE);
    expect(parked).toEqual(['unknown_recipient']);
  });

  it('that cannot be read is parked, but the announcement of SES is not', async () => {
    const { handler, parked } = setup();
    const announcement = 'Successfully validated SNS topic for Amazon SES event publishing.';
    expect(await handler(batchOf('text', { eventType: 'Open' }, `${announcement}\n`))).toEqual(
      NONE,
    );
    expect(parked).toEqual(['unreadable_event', 'unreadable_event']);
  });

  it('comes again when it could not be written', async () => {
    const { handler } = setup(anEmail());
    const failing = createHandler({
      emails: {
        find: async () => anEmail(),
        addFacts: () => Promise.reject(new Error('No table.')),
      },
      park: async () => undefined,
      log: memoryLog().log,
    });
    const batch = batchOf(simulatedEvents(anEmail(), 1)[0]);
    expect(await failing(batch)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(await handler(batch)).toEqual(NONE);
  });
});
