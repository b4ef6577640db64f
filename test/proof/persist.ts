import { setTimeout as sleep } from 'node:timers/promises';

const TRIES = 50;
const PAUSE = { least: 200, most: 500 };

/**
 * Calls until the call succeeds, since on a machine that has too much to do connections break off.
 *
 * @param most calls
 * @throws the last error when none did
 */
export async function persist<Result>(call: () => Promise<Result>, most = TRIES): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (tries === most) throw error;
      await sleep(PAUSE.least + (PAUSE.most - PAUSE.least) * Math.random());
    }
  }
}
