import type { Context } from 'aws-lambda';
import type { Log } from '../core/log/logger.ts';
import { type SweepDeps, sweep } from '../core/webhook/sweep.ts';

/** What the schedule touches. */
export type SweepDueDeps = SweepDeps & { readonly log: Log };

/** Sends what is due; what it does not get to is the next minute's. */
export function createHandler(deps: SweepDueDeps) {
  return async (_event: unknown, context: Context): Promise<void> => {
    const swept = await sweep(deps, () => context.getRemainingTimeInMillis());
    deps.log.info('swept', swept);
  };
}
