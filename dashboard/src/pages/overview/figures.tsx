import { Skeleton } from '@mantine/core';
import { Panel } from '../../components/panel.tsx';
import classes from './figures.module.css';
import { type Counts, type Day, KINDS, LOOKS, percent, thisMonth, totalOf } from './statistics.ts';

const MONTH = new Intl.DateTimeFormat(undefined, { month: 'long', timeZone: 'UTC' });

function FigureSet({ title, counts }: { title: string; counts: Counts | undefined }) {
  return (
    <Panel title={title}>
      <dl className={classes.figures}>
        {KINDS.map((kind) => (
          <div key={kind}>
            <dt style={{ '--ink': LOOKS[kind].ink }}>{LOOKS[kind].label}</dt>
            <dd>
              {counts ? (
                <>
                  <b>{counts[kind].toLocaleString()}</b>
                  {kind !== 'sent' && counts.sent > 0 && (
                    <span>{percent(counts[kind], counts.sent)}</span>
                  )}
                </>
              ) : (
                <Skeleton h={28} w={64} my={4} />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

/** Today and this month in numbers; days and months are those of UTC. */
export function Figures({ days }: { days: readonly Day[] | undefined }) {
  const last = days?.at(-1);
  const month = last ? MONTH.format(new Date(last.date)) : 'This month';
  return (
    <div className={classes.sets}>
      <FigureSet title="Today" counts={last} />
      <FigureSet title={month} counts={days && totalOf(thisMonth(days))} />
    </div>
  );
}
