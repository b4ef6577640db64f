import { setTimeout as sleep } from 'node:timers/promises';
import { type LocalSystem, startLocalSystem } from '../../test/kit/local-system.ts';
import { until } from '../../test/kit/patience.ts';
import { postAll } from '../callers.ts';
import { judge, type Outcome, waitForMails } from '../outcome.ts';

/** Sizes of one outage. */
export type OutageOptions = {
  readonly count: number;
  /** How long SES answers 503, real milliseconds. */
  readonly outage: number;
  readonly timeScale: number;
};

export type OutageResult = Outcome & { readonly failedCalls: number; readonly parked: number };

/** Calls that SES answered with an error. */
async function failedCallsOf(system: LocalSystem): Promise<number> {
  return (await system.control<{ failed: number }>('/_local/stats')).failed;
}

/** An outage that nobody meets shows nothing: on a slow machine the first call may come late. */
async function untilMet(system: LocalSystem): Promise<void> {
  await until(async () => (await failedCallsOf(system)) > 0, 'SES was never called in its outage.');
}

/** SES answers 503 for a while, as mail comes in. */
export async function outageScenario(options: OutageOptions): Promise<OutageResult> {
  const system = await startLocalSystem(options.timeScale);
  try {
    await system.control('/_local/faults', 'PUT', { status: 503 });
    const posting = postAll(system, { count: options.count, callers: 8 });
    await sleep(options.outage);
    await untilMet(system);
    await system.control('/_local/faults', 'DELETE');
    const { ids } = await posting;
    await waitForMails(system, options.count);
    const failedCalls = await failedCallsOf(system);
    const outcome = await judge(system, ids);
    return { ...outcome, failedCalls, parked: await system.parked() };
  } finally {
    await system.stop();
  }
}
