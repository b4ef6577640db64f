import { useQuery } from '@tanstack/react-query';
import { api, type Schema, unwrap } from '../../api/client.ts';
import type { Environment } from '../../components/environment.ts';

/** Counts of one day, UTC. */
export type Day = Schema<'Statistics'>['data'][number];

/** What is counted. */
export type Kind = Exclude<keyof Day, 'date'>;

type Look = {
  readonly label: string;
  readonly ink: string;
  readonly chart: 'area' | 'line' | 'bar';
};

/** The words for what is counted, colours and lines, in the order to show it. */
export const LOOKS: Readonly<Record<Kind, Look>> = {
  sent: { label: 'Sent', ink: 'var(--ink-sent)', chart: 'area' },
  delivered: { label: 'Delivered', ink: 'var(--ink-delivered)', chart: 'line' },
  bounced: { label: 'Bounced', ink: 'var(--ink-warning)', chart: 'bar' },
  complained: { label: 'Complained', ink: 'var(--ink-bad)', chart: 'bar' },
};
/** All of them. */
export const KINDS = Object.keys(LOOKS) as Kind[];

export type Counts = Readonly<Record<Kind, number>>;

/** Enough days for the longest month. */
const DAYS = 31;

/** The last 31 days of an environment, oldest first, today (UTC) last. */
export function useStatistics(environment: Environment) {
  return useQuery({
    queryKey: ['statistics', environment],
    queryFn: async ({ signal }) => {
      const query = { days: DAYS, environment };
      return (await unwrap(api.GET('/api/v1/statistics', { params: { query }, signal }))).data;
    },
    refetchInterval: 60_000,
  });
}

/** The counts of several days together. */
export function totalOf(days: readonly Day[]): Counts {
  const sum = (kind: Kind) => days.reduce((total, day) => total + day[kind], 0);
  return Object.fromEntries(KINDS.map((kind) => [kind, sum(kind)])) as Counts;
}

/** The days in the same month as the last one. */
export function thisMonth(days: readonly Day[]): readonly Day[] {
  const month = days.at(-1)?.date.slice(0, 'yyyy-mm'.length) ?? '';
  return days.filter(({ date }) => date.startsWith(month));
}

/** A share in percent, with enough digits to tell it from zero. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–';
  const share = (part / whole) * 100;
  const digits = share !== 0 && share < 1 ? 2 : 1;
  return `${share.toLocaleString(undefined, { maximumFractionDigits: digits })}%`;
}
