import { environmentOf } from '../core/http/caller.ts';
import type { ApiRequest } from '../core/http/input.ts';
import { json, type Reply } from '../core/http/request.ts';
import { DAYS, daysUpTo, monthsOf, statisticsView } from '../core/statistics/days.ts';
import type { StatisticsStore } from '../core/statistics/statistics.ts';
import type { routes } from './route.ts';

/** What showing statistics touches. */
export type StatisticsDeps = {
  readonly statistics: Pick<StatisticsStore, 'read'>;
  readonly now: () => number;
};

/** `GET /api/v1/statistics`. */
export async function showStatistics(
  { caller, query }: ApiRequest<typeof routes.statistics>,
  deps: StatisticsDeps,
): Promise<Reply> {
  const environment = environmentOf(caller, query.environment);
  const account = caller.account.id;
  const days = daysUpTo(deps.now(), query.days ?? DAYS.default);
  const months = monthsOf(days).map((month) => ({ account, environment, month }));
  return json(200, statisticsView(days, await deps.statistics.read(months)));
}
