import type { Schema } from '../../api/client.ts';

/** A domain of the API, and one of the records that it asks for. */
export type Domain = Schema<'Domain'>;
export type DomainRecord = Domain['records'][number];

const isOpen = ({ status }: DomainRecord) => status === 'missing' || status === 'different';

const NAMES = { dkim: 'DKIM', mail_from: 'MAIL FROM', spf: 'SPF', dmarc: 'DMARC' } as const;

/** What people call a record; the three of DKIM are numbered. */
export function recordName(record: DomainRecord, records: readonly DomainRecord[]): string {
  if (record.purpose !== 'dkim') return NAMES[record.purpose];
  const dkim = records.filter(({ purpose }) => purpose === 'dkim');
  return `DKIM ${dkim.indexOf(record) + 1}`;
}

function requiredWords(required: readonly DomainRecord[]): string {
  const count = (status: DomainRecord['status']) =>
    required.filter((record) => record.status === status).length;
  const parts = [
    [count('missing'), 'missing'],
    [count('different'), 'different'],
    [count('unchecked'), 'not looked up yet'],
  ] as const;
  const open = parts.filter(([number]) => number > 0);
  if (open.length === 1 && open[0]?.[0] === required.length)
    return `All ${required.length} required records are ${open[0][1]}.`;
  const words = open.map(([number, how]) => `${number} ${number === 1 ? 'is' : 'are'} ${how}`);
  return `Of its ${required.length} required records ${words.join(', ')}.`;
}

/** What a domain lacks, in a sentence for lists. */
export function missingWords({ status, records }: Domain): string {
  const required = records.filter((record) => record.required);
  if (required.length === 0) return 'Its records are not made yet. Open it and press Verify.';
  if (required.some((record) => record.status !== 'found')) return requiredWords(required);
  if (status !== 'verified') return 'Nothing in DNS: Amazon SES has not confirmed its records yet.';
  const recommended = records.filter((record) => !record.required && isOpen(record));
  if (recommended.length === 0) return 'Nothing.';
  const names = recommended.map((record) => recordName(record, records));
  return `Nothing that is required. Recommended: ${names.join(', ')}.`;
}

/** How a domain stands: a headline, and what that means for its owner. */
export function standingOf({ name, status, reason, verifiedAt, checkedAt }: Domain): {
  readonly title: string;
  readonly text: string;
} {
  if (status === 'verified')
    return reason
      ? { title: 'Verification at risk', text: reason }
      : { title: 'Ready to send', text: `Emails may come from every address at ${name}.` };
  if (status === 'failed')
    return { title: 'Not verified', text: reason ?? 'The domain was not verified in time.' };
  if (verifiedAt)
    return { title: 'Verification lost', text: reason ?? 'The domain cannot send at the moment.' };
  const first = 'Add the required records below to the DNS of your domain, then press Verify.';
  return { title: 'Waiting for its records', text: checkedAt && reason ? reason : first };
}
