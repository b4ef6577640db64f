import type { MailedKind } from './notice.ts';

const whole = (number: number) => number.toLocaleString('en-US');

const LATER =
  'The count resets on the first of next month, UTC. If you need more, ask the operator of this service for a larger plan.';

/** That 80 % of a month's emails are used, in words. */
export function quota80Words(used: number, limit: number): string {
  return `${whole(used)} of this month's ${whole(limit)} emails are used. Emails over the limit are refused. ${LATER}`;
}

/** That a month's emails are used up, in words. */
export function quota100Words(limit: number): string {
  return `All of this month's ${whole(limit)} emails are used. Further emails are refused with 'Monthly quota exceeded'. ${LATER}`;
}

/** That an email was refused for the quota, of which something may be left, in words. */
export function quotaRefusedWords(limit: number): string {
  return `An email was refused with 'Monthly quota exceeded', because it would have exceeded this month's ${whole(limit)} emails. ${LATER}`;
}

const SUBJECTS: Readonly<Record<MailedKind, (about: string) => string>> = {
  quota_80: () => "80 % of this month's emails are used",
  quota_100: () => "This month's emails are used up",
  domain_failed: (name) => `${name} was not verified`,
  domain_demoted: (name) => `${name} can no longer send`,
  endpoint_disabled: () => 'A webhook endpoint was disabled',
};

/** Subject and text of the mail about a notice. */
export function mailWords(
  { kind, about, message }: { kind: MailedKind; about: string | null; message: string },
  account: string,
): { subject: string; text: string } {
  const text = [
    `This is about your account "${account}".`,
    message,
    'The dashboard also shows this until it is resolved. You get this email once.',
  ].join('\n\n');
  return { subject: SUBJECTS[kind](about ?? ''), text };
}
