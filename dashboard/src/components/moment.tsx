import { Tooltip } from '@mantine/core';
import classes from './moment.module.css';

const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

type MomentProps = {
  /** An instant of the API, in UTC. */
  readonly at: string;
  /** Shows seconds (`exact`), or the day alone (`day`). */
  readonly as?: 'full' | 'exact' | 'day';
};

function inUtc(date: Date): string {
  return `${date.toISOString().replace('T', ' ').replace('Z', '').replace('.000', '')} UTC`;
}

/** An instant in the reader's own time; hovering or focusing it shows UTC. */
export function Moment({ at, as = 'full' }: MomentProps) {
  const date = new Date(at);
  const format = { full: FULL, exact: EXACT, day: DAY }[as];
  return (
    <Tooltip label={inUtc(date)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the tooltip must be reachable by keyboard. */}
      <time dateTime={at} className={classes.moment} tabIndex={0}>
        {format.format(date)}
      </time>
    </Tooltip>
  );
}
