import { httpEvent } from '../../core/http/fake-http.ts';
import type { Ended } from './environment.ts';
import { DOMAIN, KEY } from './seeds.ts';
import type { VirtualTime } from './virtual-time.ts';

/** The two requests that come under one idempotency key. */
export const BODIES = {
  first: {
    from: `shop@${DOMAIN}`,
    to: 'bounced@example.org',
    subject: 'First',
    text: 'The first.',
  },
  other: {
    from: `shop@${DOMAIN}`,
    to: 'bounced@example.net',
    subject: 'Other',
    text: 'The other.',
  },
} as const;
export type Body = keyof typeof BODIES;

/** What came back for a request; 503 stands for the gateway's own answer when a function fails. */
export type Answer = { readonly body: Body; readonly status: number; readonly text: string };

/** Pauses before the next try of a caller whom nobody has told yes or no, in milliseconds. */
const PAUSES = [0, 1000, 5000, 30_000, 300_000, 300_000];

/** Callers who post an email and try again until they know. */
export type Callers = ReturnType<typeof createCallers>;

/** @param accept invokes accept-email with an event */
export function createCallers(time: VirtualTime, accept: (event: unknown) => Promise<Ended>) {
  const answers: Answer[] = [];
  const world = { name: 'caller' };
  let waiting = 0;

  async function post(body: Body): Promise<Answer> {
    const ended = await accept({
      ...httpEvent({ body: JSON.stringify(BODIES[body]) }),
      headers: { authorization: `Bearer ${KEY}`, 'idempotency-key': 'order 1' },
    });
    if (ended.kind === 'failed') return { body, status: 503, text: ended.reason };
    const { statusCode = 0, body: text = '' } = ended.value as {
      statusCode?: number;
      body?: string;
    };
    return { body, status: statusCode, text };
  }

  const isKnown = ({ status }: Answer) => status < 500 && status !== 429;

  return {
    answers,
    /** Callers who still want to know. */
    waiting: () => waiting,
    /**
     * One who posts a body until there is an answer.
     *
     * @returns when the first try has come to something
     */
    async begin(body: Body): Promise<void> {
      waiting += 1;
      const first = post(body);
      const persist = async () => {
        let answer = await first;
        answers.push(answer);
        for (const pause of PAUSES.slice(1)) {
          if (isKnown(answer)) break;
          await time.sleep(world, pause);
          answer = await post(body);
          answers.push(answer);
        }
        waiting -= 1;
      };
      void persist();
      await first;
    },
  };
}
