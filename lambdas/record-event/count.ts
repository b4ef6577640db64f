import type { Log } from '../core/log/logger.ts';
import { byMonth, type CountedEvent, type StatisticsStore } from '../core/statistics/statistics.ts';

/** What counting touches. */
export type CountingDeps = {
  readonly statistics: Pick<StatisticsStore, 'add'>;
  readonly count: (name: 'UncountedStatistics') => void;
  readonly log: Log;
};

/**
 * Counts what a batch has brought, one update for each month of an account. The events are recorded by now,
 * and doing one again would not count it: a counter that fails is logged, and the chart misses that much.
 */
export async function countEvents(
  countedEvents: readonly CountedEvent[],
  { statistics, count, log }: CountingDeps,
): Promise<void> {
  await Promise.all(
    byMonth(countedEvents).map(async ({ month, countedEvents: ofMonth }) => {
      try {
        await statistics.add(month, ofMonth);
      } catch (error) {
        count('UncountedStatistics');
        log.error('statistics not counted', { ...month, countedEvents: ofMonth.length }, error);
      }
    }),
  );
}
