import type { Schema } from '../../api/client.ts';

/** A domain of the API, and one of the records that it needs. */
export type Domain = Schema<'Domain'>;
export type DomainRecord = Domain['records'][number];

const isOpen = ({ status }: DomainRecord) => status === 'missing' || status === 'different';

const NAMES = { dkim: 'DKIM', mail_from: 'MAIL FROM', spf: 'SPF', dmarc: 'DMARC' } as const;

/** The usual name of a record; the three of DKIM have numbers. */
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
    [count('unchecked'), 'not checked yet'],
  ] as const;
  const open = parts.filter(([number]) => number > 0);
  if (count('unchecked') === required.length)
    return `None of the ${required.length} required records has been checked yet.`;
  if (open.length === 1 && open[0]?.[0] === required.length)
    return `All ${required.length} required records are ${open[0][1]}.`;
  const words = open.map(([number, how]) => `${number} ${number === 1 ? 'is' : 'are'} ${how}`);
  return `Of the ${required.length} required records, ${words.join(', ')}.`;
}

/** What is still to do for a domain, in a sentence for lists. */
export function missingWords({ status, records }: Domain): string {
  const required = records.filter((record) => record.required);
  if (required.length === 0)
    return 'Its records do not exist yet. Open the domain and press Verify.';
  if (required.some((record) => record.status !== 'found')) return requiredWords(required);
  if (status !== 'verified') return 'Nothing. Amazon SES has not confirmed the records yet.';
  const recommended = records.filter((record) => !record.required && isOpen(record));
  if (recommended.length === 0) return 'Nothing.';
  const names = recommended.map((record) => recordName(record, records));
  return `Ready. Recommended: ${names.join(', ')}.`;
}

/** The state of a domain: a headline, and what it means for the owner. */
export function standingOf({ name, status, reason, verifiedAt, checkedAt }: Domain): {
  readonly title: string;
  readonly text: string;
} {
  if (status === 'verified')
    return reason
      ? { title: 'Verification at risk', text: reason }
      : { title: 'Ready to send', text: `You can send from any address at ${name}.` };
  if (status === 'failed')
    return { title: 'Not verified', text: reason ?? 'The domain was not verified in time.' };
  if (verifiedAt)
    return {
      title: 'Verification lost',
      text: reason ?? 'You cannot send from this domain at the moment.',
    };
  const first = 'Add the required records below to the DNS of your domain, then press Verify.';
  return { title: 'Waiting for DNS records', text: checkedAt && reason ? reason : first };
}
