import type { MailSender } from '../email/mail-sender.ts';
import { simulatedEvents } from '../email/simulation.ts';

/**
 * The way out for a test key's mail: nothing reaches SES, the events that it would report go onto the
 * event queue, each to be seen after its `delaySeconds`.
 */
export function simulatedSender(
  put: (event: object, delaySeconds?: number) => Promise<void>,
): MailSender {
  return {
    async send(email, _content, attempt) {
      const events = simulatedEvents(email, attempt);
      await Promise.all(events.map(({ event, delaySeconds }) => put(event, delaySeconds)));
      return { kind: 'accepted' };
    },
    close: () => undefined,
  };
}
