import type { Log } from '../core/log/logger.ts';
import { byMonth, type Happening, type StatisticsStore } from '../core/statistics/statistics.ts';

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
export async function countHappenings(
  happenings: readonly Happening[],
  { statistics, count, log }: CountingDeps,
): Promise<void> {
  await Promise.all(
    byMonth(happenings).map(async ({ month, happenings: ofMonth }) => {
      try {
        await statistics.add(month, ofMonth);
      } catch (error) {
        count('UncountedStatistics');
        log.error('statistics not counted', { ...month, happenings: ofMonth.length }, error);
      }
    }),
  );
}
