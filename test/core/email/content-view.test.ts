import { describe, expect, it } from '@jest/globals';
import { contentView } from '../../../lambdas/core/email/content-view.ts';
import type { Email } from '../../../lambdas/core/email/email.ts';
import { anEmail } from './fakes.ts';

const headersOf = (changes: Partial<Email>) =>
  Object.fromEntries(
    contentView(anEmail(changes), {}).headers.map(({ name, value }) => [name, value]),
  );

describe('the headers of a mail', () => {
  it('come in the usual order, as people read them', () => {
    const { headers } = contentView(
      anEmail({
        from: 'Grüße <shop@bücher.example>',
        to: ['Ada Lovelace <ada@example.org>', 'bob@example.org'],
        cc: ['"Eve, of accounts" <Eve@Example.org>'],
        replyTo: 'help@example.com',
        takenAt: '2026-11-23T05:50:01.000Z',
        taken: true,
      }),
      {},
    );
    expect(headers).toEqual([
      { name: 'From', value: '"Grüße" <shop@xn--bcher-kva.example>' },
      { name: 'To', value: '"Ada Lovelace" <ada@example.org>, bob@example.org' },
      { name: 'Cc', value: '"Eve, of accounts" <Eve@example.org>' },
      { name: 'Reply-To', value: 'help@example.com' },
      { name: 'Subject', value: 'Hello' },
      { name: 'Date', value: 'Mon, 23 Nov 2026 05:50:01 +0000' },
    ]);
  });

  it('never name who got a blind copy, also where that is all a field holds', () => {
    const headers = headersOf({
      cc: ['ADA@example.org'],
      bcc: ['secret@example.org', 'ada@example.org'],
    });
    expect(headers).not.toHaveProperty('Bcc');
    expect(headers).not.toHaveProperty('Cc');
    expect(JSON.stringify(headers)).not.toContain('secret');
  });

  it('have the date of the first time that the mail was sent, and none before it was', () => {
    expect(headersOf({})).not.toHaveProperty('Date');
    const facts = ['2026-11-23T06:00:00.000Z', '2026-11-23T05:59:59.000Z'].map(
      (at) => ({ type: 'sent', at }) as const,
    );
    const sent = headersOf({ facts, taken: true, takenAt: '2026-11-23T06:10:00.000Z' });
    expect(sent.Date).toBe('Mon, 23 Nov 2026 05:59:59 +0000');
  });
});
