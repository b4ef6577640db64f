import type { Schema } from '../../api/client.ts';

/** An entry of the list. */
export type Suppression = Schema<'Suppression'>;

/** What SES calls a bounce, for people. */
const BOUNCES: Readonly<Record<string, string>> = {
  General: 'The mail server refused the mailbox for good.',
  NoEmail: 'The mail server says that there is no such mailbox.',
  Suppressed: "On Amazon SES's own list: it bounced for others lately.",
  OnAccountSuppressionList: "On the AWS account's own suppression list.",
};

const ONE_OF = /^one of (\d+) recipients/;

/** Why an entry is there, in a sentence; null where nothing is known beyond its reason. */
export function causeOf({ reason, detail }: Suppression): string | null {
  if (reason === 'bounced') return (detail && BOUNCES[detail]) ?? detail;
  const suspects = reason === 'complained' && detail ? ONE_OF.exec(detail)?.[1] : undefined;
  if (suspects)
    return `One of ${suspects}: somebody marked the email as spam, and Amazon SES names all ${suspects} recipients at that provider without saying who. All of them are listed.`;
  if (reason === 'complained')
    return detail === 'abuse' || detail === null
      ? 'The reader marked an email as spam.'
      : `The reader complained: ${detail}.`;
  return detail;
}

/** What to bear in mind before mail goes to the address again. */
export function warningOf({ reason, detail }: Suppression): string {
  if (reason === 'bounced')
    return 'If the mailbox still takes no mail, the next email bounces and puts the address back.';
  if (reason === 'manual') return '';
  return detail && ONE_OF.test(detail)
    ? 'Perhaps it was somebody else who complained. If it was this reader, another complaint harms your reputation.'
    : 'The reader marked an email as spam. Another complaint harms your reputation: remove the address only if the reader wants mail again.';
}

/** An address as a part of a path: AWS decodes it once before it looks for the route. */
export function inPath(address: string): string {
  return address.replaceAll('/', '%2F');
}
