import type { Reason } from '../value/reason.ts';
import type { Content, Email } from './email.ts';

/** The classes of SES's answer to one send. */
export type SendOutcome =
  /** Any 200, readable or not. */
  | { readonly kind: 'accepted' }
  /** Never to be sent again. */
  | { readonly kind: 'refused'; readonly reason: Reason }
  /** Nothing was sent; a later try may pass. `scope` account: it concerns every mail. */
  | {
      readonly kind: 'deferred';
      readonly reason: Reason;
      readonly scope: 'email' | 'rate' | 'account';
    }
  /** Nobody knows whether it was sent. */
  | { readonly kind: 'unknown'; readonly reason: Reason };

/** Hands mail to SES: one call, one answer, no retries of its own. */
export type MailSender = {
  send(email: Email, content: Content, attempt: number): Promise<SendOutcome>;
  /** Closes connections, so that none is frozen with the function and found dead later. */
  close(): void;
};
