import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const JEST = new URL('../../jest.config.json', import.meta.url);

/**
 * How long a test waits for anything, in milliseconds. It only ends what hangs: everything that is right comes sooner, on
 * a slow and busy machine too. It ends before Jest's own limit, so that the report says what was waited for.
 */
export const PATIENCE: number = JSON.parse(readFileSync(JEST, 'utf8')).testTimeout / 2;

/**
 * Looks again and again until there is something.
 *
 * @param look gives a falsy value while there is nothing
 * @param complaint what is wrong if it never comes
 * @throws Error with the complaint after {@link PATIENCE}
 */
export async function until<Found>(
  look: () => Found | Promise<Found>,
  complaint: string | (() => string) = 'What the test waits for has not come.',
): Promise<Exclude<Found, undefined | null | false | 0 | ''>> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const found = await look();
    if (found) return found as Exclude<Found, undefined | null | false | 0 | ''>;
    if (performance.now() > end) {
      throw new Error(typeof complaint === 'string' ? complaint : complaint());
    }
    await sleep(50);
  }
}

const PAUSE = { least: 200, most: 500 };

/**
 * Calls until the call succeeds: on a machine that has too much to do, connections break off.
 *
 * @param most calls
 * @throws the last error after {@link PATIENCE} or the last call
 */
export async function persist<Result>(
  call: () => Promise<Result>,
  most = Number.POSITIVE_INFINITY,
): Promise<Result> {
  const end = performance.now() + PATIENCE;
  for (let calls = 1; ; calls += 1) {
    try {
      return await call();
    } catch (error) {
      if (calls >= most || performance.now() > end) throw error;
      await sleep(PAUSE.least + (PAUSE.most - PAUSE.least) * Math.random());
    }
  }
}
