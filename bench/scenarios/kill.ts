import { setTimeout as sleep } from 'node:timers/promises';
import { type LocalSystem, startLocalSystem } from '../../test/kit/local-system.ts';
import { until } from '../../test/kit/patience.ts';
import { postAll } from '../callers.ts';
import { judge, type Outcome, type Stats, waitForMails } from '../outcome.ts';

/** Sizes of one run of kills. */
export type KillOptions = {
  readonly count: number;
  readonly kills: number;
  /** SES calls that must be under way at a kill. */
  readonly underWay: number;
  readonly timeScale: number;
};

export type KillResult = Outcome & { readonly underWayAtKills: number[]; readonly parked: number };

/** Makes answers slow, half of the time before and half of it after the mail is written down. */
const SLOW = { delayMs: 600, delayAnswerMs: 600 };

/**
 * Recipients a second, of the SES calls that must be under way. The local SES keeps the rate over a restart, unlike its
 * faults: a backlog is left for the next kill even if the restart takes long.
 */
const RATE = 1.5;

async function untilUnderWay(system: LocalSystem, wanted: number): Promise<number> {
  return await until(async () => {
    const { underWay } = await system.control<Stats>('/_local/stats');
    return underWay >= wanted && underWay;
  }, `There were never ${wanted} SES calls under way.`);
}

/** Kills the whole system while SES calls are under way, and starts it again, several times. */
export async function killScenario(options: KillOptions): Promise<KillResult> {
  const system = await startLocalSystem(options.timeScale);
  try {
    await system.control('/_local/account', 'PUT', {
      maxSendRate: Math.ceil(RATE * options.underWay),
    });
    // Until everything is posted nothing goes: on a slow machine mails would be gone as fast as they come.
    await system.control('/_local/faults', 'PUT', { throttleShare: 1 });
    const { ids } = await postAll(system, { count: options.count, callers: 16 });
    const underWayAtKills: number[] = [];
    for (let i = 0; i < options.kills; i += 1) {
      await system.control('/_local/faults', 'PUT', SLOW);
      underWayAtKills.push(await untilUnderWay(system, options.underWay));
      await system.kill();
      await system.restart();
    }
    await waitForMails(system, options.count);
    // A copy that is still to come would come within a lease.
    await sleep(Math.max(9000, 600_000 / options.timeScale) + 3000);
    const outcome = await judge(system, ids);
    return { ...outcome, underWayAtKills, parked: await system.parked() };
  } finally {
    await system.stop();
  }
}
