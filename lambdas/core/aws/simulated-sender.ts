import { simulatedEvents } from '../email/simulation.ts';
import type { MailSender } from '../sending/mail-sender.ts';

/**
 * The way out for a test key's mail: nothing reaches SES, the events that it would report go onto the
 * event queue.
 */
export function simulatedSender(put: (event: object) => Promise<void>): MailSender {
  return {
    async send(email, _content, attempt) {
      await Promise.all(simulatedEvents(email, attempt).map(put));
      return { kind: 'accepted' };
    },
    close: () => undefined,
  };
}
