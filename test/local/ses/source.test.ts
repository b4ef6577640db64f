import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import type { Mail } from '../../../local/ses/mail.ts';
import { mailSource } from '../../../local/ses/source.ts';

const PLAIN: Mail = {
  id: '0100019b00000000-00000000-0000-4000-8000-000000000000-000000',
  from: 'News <news@example.com>',
  to: ['ada@example.org'],
  cc: [],
  bcc: [],
  replyTo: [],
  subject: 'Hello',
  headers: [],
  tags: {},
  configurationSet: null,
  receivedAt: '2026-01-15T10:00:00.000Z',
  recipients: ['ada@example.org'],
  html: null,
  text: 'Hello there',
  attachments: [],
};

const parse = async (mail: Mail) => simpleParser(await mailSource(mail), { skipImageLinks: true });
const addresses = (list?: { value: readonly { address?: string }[] }) =>
  list?.value.map(({ address }) => address);

describe('the source of a mail', () => {
  it('is read back by a mail parser as it was sent', async () => {
    const to = Array.from({ length: 40 }, (_, i) => `Reader ${i} <reader-${i}@example.org>`);
    const mail: Mail = {
      ...PLAIN,
      to: [`=?UTF-8?B?${Buffer.from('Jürgen').toString('base64')}?= <j@example.org>`, ...to],
      cc: ['"Doe, Jane" <jane@example.org>'],
      bcc: ['hidden@example.net'],
      replyTo: ['help@example.com'],
      subject: 'Grüße aus 東京 🚚 and a long tail that needs more than one encoded word for sure',
      headers: [{ name: 'X-Order', value: '1047' }],
      html: '<p>Grüße = 50 %</p>\n<p>.</p>',
      text: '.\nFrom here\n\ttab \nGrüße = 50 %, 東京',
      attachments: [
        {
          fileName: 'Grüße "1".png',
          contentType: 'image/png',
          disposition: 'inline',
          contentId: 'pic@1',
          description: 'Ein Gruß',
          size: 300,
          content: Buffer.alloc(300, 'x').toString('base64'),
        },
      ],
    };
    const parsed = await parse(mail);
    expect(addresses(parsed.from)).toEqual(['news@example.com']);
    expect(parsed.to?.value[0]).toEqual({ name: 'Jürgen', address: 'j@example.org' });
    expect(addresses(parsed.to)).toHaveLength(41);
    expect(parsed.cc?.value).toEqual([{ name: 'Doe, Jane', address: 'jane@example.org' }]);
    expect(addresses(parsed.replyTo)).toEqual(['help@example.com']);
    expect(parsed.subject).toBe(mail.subject);
    expect(parsed.headers.get('x-order')).toBe('1047');
    expect(parsed.html).toBe(mail.html);
    expect(parsed.text).toBe(mail.text);
    expect(parsed.attachments).toEqual([
      expect.objectContaining({ filename: 'Grüße "1".png', cid: 'pic@1' }),
    ]);
    expect(parsed.attachments[0]?.content.toString()).toBe('x'.repeat(300));
  });

  it('keeps who is in bcc to itself', async () => {
    const source = await mailSource({ ...PLAIN, bcc: ['hidden@example.net'] });
    expect(source).not.toMatch(/bcc|hidden/i);
  });

  it('carries any subject and text through lines short enough for every server', async () => {
    const visible = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 400 })
      .map((text) => text.replace(/[\p{Cc}\p{Zs}\p{Zl}\p{Zp}]+/gu, ' ').trim())
      .filter((text) => text !== '' && text.isWellFormed());
    await fc.assert(
      fc.asyncProperty(visible, visible, async (subject, text) => {
        const mail = { ...PLAIN, subject, text };
        for (const line of (await mailSource(mail)).split('\r\n')) {
          expect(line.length).toBeLessThanOrEqual(100);
        }
        const parsed = await parse(mail);
        expect([parsed.subject, parsed.text]).toEqual([subject, text]);
      }),
      { numRuns: 60 },
    );
  });
});
