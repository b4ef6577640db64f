import { setTimeout as sleep } from 'node:timers/promises';
import { postAll } from '../callers.ts';
import { startLocalSystem } from '../local-system.ts';
import { judge, type Outcome, waitForMails } from '../outcome.ts';

/** Sizes of one outage. */
export type OutageOptions = {
  readonly count: number;
  /** How long SES answers 503, real milliseconds. */
  readonly outage: number;
  readonly timeScale: number;
};

export type OutageResult = Outcome & { readonly failedCalls: number; readonly parked: number };

/** SES answers 503 for a while, as mail comes in. */
export async function outageScenario(options: OutageOptions): Promise<OutageResult> {
  const system = await startLocalSystem(options.timeScale);
  try {
    await system.control('/_local/faults', 'PUT', { status: 503 });
    const posting = postAll(system, { count: options.count, callers: 8 });
    await sleep(options.outage);
    await system.control('/_local/faults', 'DELETE');
    const { ids } = await posting;
    await waitForMails(system, options.count, (options.count / 14) * 2000 + 120_000);
    const { failed: failedCalls } = await system.control<{ failed: number }>('/_local/stats');
    const outcome = await judge(system, ids);
    return { ...outcome, failedCalls, parked: await system.parked() };
  } finally {
    await system.stop();
  }
}
