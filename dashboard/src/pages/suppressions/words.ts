import type { Schema } from '../../api/client.ts';

/** An entry of the list. */
export type Suppression = Schema<'Suppression'>;

/** SES's kinds of bounces, in words. */
const BOUNCES: Readonly<Record<string, string>> = {
  General: 'The mail server rejected the mailbox permanently.',
  NoEmail: 'The mail server says that the mailbox does not exist.',
  Suppressed: 'On the suppression list of Amazon SES: it bounced for other senders recently.',
  OnAccountSuppressionList: 'On the suppression list of the AWS account.',
};

const ONE_OF = /^one of (\d+) recipients/;

/** Why an address is suppressed, in a sentence; null if we only know the reason. */
export function causeOf({ reason, detail }: Suppression): string | null {
  if (reason === 'bounced') return (detail && BOUNCES[detail]) ?? detail;
  const suspects = reason === 'complained' && detail ? ONE_OF.exec(detail)?.[1] : undefined;
  if (suspects)
    return `One of ${suspects} recipients at this provider marked the email as spam. Amazon SES does not say which one, so all ${suspects} are suppressed.`;
  if (reason === 'complained')
    return detail === 'abuse' || detail === null
      ? 'The recipient marked an email as spam.'
      : `The recipient complained: ${detail}.`;
  return detail;
}

/** What to consider before the user removes an address. */
export function warningOf({ reason, detail }: Suppression): string {
  if (reason === 'bounced')
    return 'If the mailbox still rejects email, the next one bounces and the address is suppressed again.';
  if (reason === 'manual') return '';
  return detail && ONE_OF.test(detail)
    ? 'Another recipient may have complained. If it was this one, another complaint harms your reputation.'
    : 'The recipient marked an email as spam. Another complaint harms your reputation: remove the address only if the recipient wants your emails again.';
}

/** An address as a part of a path: AWS decodes it once before it looks for the route. */
export function inPath(address: string): string {
  return address.replaceAll('/', '%2F');
}
