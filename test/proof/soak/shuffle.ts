import type { Publish } from '../../../local/ses/outbox.ts';

/** How much later an event comes, and comes again, in milliseconds at most. */
const LATEST_MS = 1500;
const RETRY_MS = 100;

/** What was published, and how many publications are still to come. */
export type Shuffled = { events: number; pending: number };

/** SES's events out of order, and each of them twice. */
export function shuffled(count: Shuffled) {
  return (publish: Publish): Publish => {
    const attempt = (topic: string, message: string): void => {
      publish(topic, message).then(
        () => {
          count.pending -= 1;
        },
        () => void setTimeout(attempt, RETRY_MS, topic, message),
      );
    };
    return async (topic, message) => {
      count.events += 1;
      for (let times = 0; times < 2; times += 1) {
        count.pending += 1;
        setTimeout(attempt, Math.random() * LATEST_MS, topic, message);
      }
    };
  };
}
