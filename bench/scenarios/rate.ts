import { startLocalSystem } from '../../test/kit/local-system.ts';
import { postAll } from '../callers.ts';
import { judge, type Outcome, type Stats, waitForMails } from '../outcome.ts';

/** Sizes of one run against SES's rate limit. */
export type RateOptions = {
  readonly count: number;
  readonly callers: number;
  readonly recipients: number;
  /** Recipients a second that the local SES allows in any sliding second. */
  readonly rate: number;
  /** Share of calls that it throttles beyond that. */
  readonly throttleShare: number;
};

export type RateResult = Outcome & {
  readonly calls: number;
  /** Share of SES calls refused for rate. */
  readonly refusedForRate: number;
  /** Recipients accepted from the first to the last, as a share of what the rate allowed. */
  readonly rateUsed: number;
  readonly seconds: number;
  /** Times that a caller had to wait for its own limit. */
  readonly waits: number;
  readonly parked: number;
};

/** Posts emails and lets them through a local SES that holds to its rate. */
export async function rateScenario(options: RateOptions): Promise<RateResult> {
  const system = await startLocalSystem(1);
  try {
    await system.control('/_local/account', 'PUT', { maxSendRate: options.rate });
    // The schedule asks SES at every start; waiting for its next minute would take longer.
    await system.kill();
    await system.restart();
    await system.control('/_local/faults', 'PUT', {
      throttleShare: options.throttleShare,
      seed: 7,
    });
    const { count, callers, recipients } = options;
    const { ids, waits } = await postAll(system, { count, callers, recipients });
    await waitForMails(system, count);
    const stats = await system.control<Stats>('/_local/stats');
    const seconds = (stats.lastAcceptedAt - stats.firstAcceptedAt) / 1000;
    return {
      ...(await judge(system, ids)),
      calls: stats.calls,
      refusedForRate: stats.throttledByRate / stats.calls,
      rateUsed: (stats.recipientsAccepted - recipients) / (seconds * options.rate),
      seconds,
      waits,
      parked: await system.parked(),
    };
  } finally {
    await system.stop();
  }
}
