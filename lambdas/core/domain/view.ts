import * as v from 'valibot';
import { instant } from '../value/time.ts';
import { domainRecords } from './dns-records.ts';
import type { Domain } from './domain.ts';

const recordSchema = v.strictObject({
  type: v.picklist(['CNAME', 'MX', 'TXT']),
  name: v.string(),
  value: v.string(),
  priority: v.optional(v.number()),
  purpose: v.picklist(['dkim', 'mail_from', 'spf', 'dmarc']),
  required: v.boolean(),
  status: v.picklist(['unchecked', 'found', 'missing', 'different']),
  found: v.array(v.string()),
});

/** A domain as its owner sees it. */
export const domainSchema = v.pipe(
  v.strictObject({
    name: v.string(),
    status: v.picklist(['pending', 'verified', 'failed']),
    reason: v.nullable(v.string()),
    createdAt: instant,
    verifiedAt: v.nullable(instant),
    checkedAt: v.nullable(instant),
    nextCheckAt: v.nullable(instant),
    records: v.array(recordSchema),
  }),
  v.title('Domain'),
);

/** What {@link domainSchema} says, of one domain; `region` is SES's. */
export function domainView(domain: Domain, region: string): v.InferOutput<typeof domainSchema> {
  const { name, status, createdAt, findings = [], nextCheckAt: next } = domain;
  const records = domainRecords(domain, region).map((record, i) => {
    const { status: checked = 'unchecked', found = [] } = findings[i] ?? {};
    return { ...record, status: checked, found: [...found] };
  });
  return {
    name,
    status,
    reason: domain.reason ?? null,
    createdAt,
    verifiedAt: domain.verifiedAt ?? null,
    checkedAt: domain.checkedAt ?? null,
    nextCheckAt: next === undefined ? null : new Date(next).toISOString(),
    records,
  };
}
