import { SegmentedControl, Skeleton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Panel } from '../../components/panel.tsx';
import { DaysTable } from './days-table.tsx';
import type { Day } from './statistics.ts';

const DaysChart = lazy(() => import('./days-chart.tsx'));

const SHOWN_DAYS = 30;

const waiting = <Skeleton h={260} />;

/** The last 30 days, as a chart or as a table. */
export function DaysPanel({ days }: { days: readonly Day[] | undefined }) {
  const [view, setView] = useState('chart');
  const shown = days?.slice(-SHOWN_DAYS);
  return (
    <Panel
      title="Last 30 days"
      action={
        <SegmentedControl
          size="xs"
          aria-label="Show the days as"
          value={view}
          onChange={setView}
          data={[
            { value: 'chart', label: 'Chart' },
            { value: 'table', label: 'Table' },
          ]}
        />
      }
    >
      {!shown && waiting}
      {shown && view === 'table' && <DaysTable days={shown} />}
      {shown && view === 'chart' && (
        <Suspense fallback={waiting}>
          <DaysChart days={shown} />
        </Suspense>
      )}
    </Panel>
  );
}
