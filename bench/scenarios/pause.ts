import { setTimeout as sleep } from 'node:timers/promises';
import { startLocalSystem } from '../../test/kit/local-system.ts';
import { postAll } from '../callers.ts';
import { judge, type Outcome, type Stats, waitForMails } from '../outcome.ts';

/** Sizes of one pause. */
export type PauseOptions = {
  readonly count: number;
  readonly rate: number;
  readonly timeScale: number;
  /** Length of the pause in real milliseconds: the scaled one. */
  readonly pause: number;
};

export type PauseResult = Outcome & {
  /** SES calls while it was paused. */
  readonly callsWhilePaused: number;
  readonly mostReceives: number;
  readonly parked: number;
  readonly drainSeconds: number;
  /** Share of the allowed rate used while draining. */
  readonly rateUsed: number;
};

/** Pauses SES, queues emails, waits, resumes, and counts those that remain. */
export async function pauseScenario(options: PauseOptions): Promise<PauseResult> {
  const system = await startLocalSystem(options.timeScale);
  try {
    const { count, rate } = options;
    await system.control('/_local/account', 'PUT', { maxSendRate: rate, sendingEnabled: false });
    await system.kill();
    await system.restart();
    const { ids } = await postAll(system, { count, callers: 32 });
    await sleep(options.pause);
    const { calls: callsWhilePaused } = await system.control<Stats>('/_local/stats');
    await system.control('/_local/account', 'PUT', { sendingEnabled: true });
    await waitForMails(system, count);
    const stats = await system.control<Stats>('/_local/stats');
    const drainSeconds = (stats.lastAcceptedAt - stats.firstAcceptedAt) / 1000;
    return {
      ...(await judge(system, ids)),
      callsWhilePaused,
      mostReceives: system.mostReceives(),
      parked: await system.parked(),
      drainSeconds,
      rateUsed: (stats.accepted - 1) / (drainSeconds * rate),
    };
  } finally {
    await system.stop();
  }
}
