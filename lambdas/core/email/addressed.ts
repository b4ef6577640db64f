import { type Mailbox, mailboxOf } from '../value/address.ts';
import type { SendRequest } from './send-request.ts';

/** Who is in which field of the outgoing email. */
export type Addressed = Readonly<Record<'to' | 'cc' | 'bcc', readonly Mailbox[]>>;

/** Each address once, in the first field that names it, so that nobody gets the mail twice. */
export function addressedTo({ to, cc, bcc }: Pick<SendRequest, 'to' | 'cc' | 'bcc'>): Addressed {
  const seen = new Set<string>();
  const fresh = (field: string | readonly string[] = []) =>
    [field]
      .flat()
      .map(mailboxOf)
      .filter(({ key }) => !seen.has(key) && seen.add(key));
  return { to: fresh(to), cc: fresh(cc), bcc: fresh(bcc) };
}
