import type { Context } from 'aws-lambda';
import { type RecheckDeps, recheck } from '../core/domain/recheck.ts';
import type { Log } from '../core/log/logger.ts';

/** What the schedule touches. */
export type RecheckDomainsDeps = Omit<RecheckDeps, 'onFailure'> & { readonly log: Log };

/** Checks the domains whose time has come; what it does not get to is the next run's. */
export function createHandler({ log, ...deps }: RecheckDomainsDeps) {
  const onFailure = (domain: string, error: unknown) =>
    log.error('domain not checked', { domain }, error);
  return async (_event: unknown, context: Context): Promise<void> => {
    const left = () => context.getRemainingTimeInMillis();
    log.info('rechecked', await recheck({ ...deps, onFailure }, left));
  };
}
