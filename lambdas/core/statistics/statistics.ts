import { KINDS, type Kind } from '../email/events/kinds.ts';
import type { Environment } from '../value/environment.ts';

export type CountedKind = Extract<Kind, { readonly counter: string }>['type'];

/** What is counted of each day, per recipient, in the order in which answers show it. */
export const COUNTED: readonly CountedKind[] = KINDS.filter(({ counter }) => counter).map(
  ({ type }) => type as CountedKind,
);

/** How many recipients something happened to. */
export type Counts = Readonly<Record<CountedKind, number>>;

/** The counters of one month: live and test mail have some each. */
export type StatisticsMonth = {
  readonly account: string;
  readonly environment: Environment;
  /** `2026-11`, UTC. */
  readonly month: string;
};

/** Something that happened to so many recipients on one day. */
export type CountedEvent = {
  readonly account: string;
  readonly environment: Environment;
  /** `2026-11-23`, UTC. */
  readonly day: string;
  readonly kind: CountedKind;
  readonly recipients: number;
};

/** The counters of the days: an item for each month. */
export type StatisticsStore = {
  /**
   * Adds what happened in a month; all of `countedEvents` must be of it. It is tried once: where it fails it
   * may have been counted or not, but never twice.
   */
  add(month: StatisticsMonth, countedEvents: readonly CountedEvent[]): Promise<void>;
  /** Counts by day (`2026-11-23`); days on which nothing happened may be missing. */
  read(months: readonly StatisticsMonth[]): Promise<ReadonlyMap<string, Counts>>;
};

/** The calendar month of a day: `2026-11` of `2026-11-23`. */
export function monthOfDay(day: string): string {
  return day.slice(0, 7);
}

/** What happened, by the month's counters that it belongs to. */
export function byMonth(
  countedEvents: readonly CountedEvent[],
): { readonly month: StatisticsMonth; readonly countedEvents: readonly CountedEvent[] }[] {
  const groups = Map.groupBy(
    countedEvents,
    ({ account, environment, day }) => `${account} ${environment} ${monthOfDay(day)}`,
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { account, environment, day } = first;
    return [{ month: { account, environment, month: monthOfDay(day) }, countedEvents: group }];
  });
}
