import type { Context } from 'aws-lambda';
import type { Log } from '../core/log/logger.ts';
import { type NotifyDeps, notifyOwners } from '../core/overview/notify-owners.ts';

/** What the schedule touches. */
export type NotifyOwnersDeps = Omit<NotifyDeps, 'onOutcome' | 'onFailure'> & { readonly log: Log };

/** Mails owners what they must know; what it does not get to is the next run's. */
export function createHandler({ log, ...deps }: NotifyOwnersDeps) {
  const logged = {
    ...deps,
    onOutcome: ({ account, id }: { account: string; id: string }, outcome: string) =>
      log.info('notice', { account, notice: id, outcome }),
    onFailure: ({ account, id }: { account: string; id: string }, error: unknown) =>
      log.error('notice not sent', { account, notice: id }, error),
  };
  return async (_event: unknown, context: Context): Promise<void> => {
    const result = await notifyOwners(logged, () => context.getRemainingTimeInMillis());
    log.info('notified owners', result);
  };
}
