import '@mantine/charts/styles.layer.css';
import { CompositeChart } from '@mantine/charts';
import { type Day, KINDS, LOOKS } from './statistics.ts';

const SHORT = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

const series = KINDS.map((kind) => ({
  name: kind,
  label: LOOKS[kind].label,
  color: LOOKS[kind].ink,
  type: LOOKS[kind].chart,
}));

/** The days as a chart. The table has the same numbers, so screen readers skip the chart. */
export default function DaysChart({ days }: { days: readonly Day[] }) {
  const data = days.map((day) => ({ ...day, date: SHORT.format(new Date(day.date)) }));
  return (
    <div aria-hidden="true">
      <CompositeChart
        h={260}
        data={data}
        dataKey="date"
        series={series}
        withLegend
        legendProps={{ verticalAlign: 'bottom', align: 'left', itemSorter: null }}
        withDots={false}
        curveType="monotone"
        maxBarWidth={10}
        strokeWidth={2}
        tickLine="none"
        gridAxis="x"
        xAxisProps={{ minTickGap: 28 }}
        yAxisProps={{ allowDecimals: false, width: 44 }}
        areaProps={{ fillOpacity: 0.12, strokeWidth: 1.25, isAnimationActive: false }}
        lineProps={{ isAnimationActive: false }}
        barProps={{ isAnimationActive: false }}
        composedChartProps={{ accessibilityLayer: false }}
      />
    </div>
  );
}
