import * as v from 'valibot';
import { COUNTED, type CountedKind, type Counts, monthOfDay } from './statistics.ts';

const DAY = 24 * 60 * 60 * 1000;

/** How many days an answer may show: a quarter of a year; and how many it shows unless asked. */
export const DAYS = { default: 30, most: 90 } as const;

/** Query parameter `days`. */
export const dayCount = v.pipe(
  v.string(),
  v.regex(/^[0-9]{1,3}$/, `must be a whole number from 1 to ${DAYS.most}`),
  // The number that its text means, for the OpenAPI document.
  v.metadata({
    type: 'integer',
    pattern: undefined,
    minimum: 1,
    maximum: DAYS.most,
    default: DAYS.default,
  }),
  v.transform(Number),
  v.minValue(1, 'must be at least 1'),
  v.maxValue(DAYS.most, `must be at most ${DAYS.most}`),
);

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const counts = Object.fromEntries(COUNTED.map((kind) => [kind, count]));

const day = v.strictObject({
  date: v.pipe(v.string(), v.isoDate()),
  ...(counts as Record<CountedKind, typeof count>),
});

/** The days of an account, oldest first, none left out. */
export const statisticsSchema = v.pipe(
  v.strictObject({ data: v.array(day) }),
  v.title('Statistics'),
);

/** So many days up to that of `now`, UTC, oldest first: `2026-11-23`. */
export function daysUpTo(now: number, days: number): string[] {
  return Array.from({ length: days }, (_, i) =>
    new Date(now - (days - 1 - i) * DAY).toISOString().slice(0, 'yyyy-mm-dd'.length),
  );
}

/** The months that the days lie in, in their order: `2026-11`. */
export function monthsOf(days: readonly string[]): string[] {
  return [...new Set(days.map(monthOfDay))];
}

/** What {@link statisticsSchema} says; a day without counts has zeros. */
export function statisticsView(
  days: readonly string[],
  counts: ReadonlyMap<string, Counts>,
): v.InferOutput<typeof statisticsSchema> {
  const none = Object.fromEntries(COUNTED.map((kind) => [kind, 0])) as Counts;
  return { data: days.map((date) => ({ date, ...(counts.get(date) ?? none) })) };
}
