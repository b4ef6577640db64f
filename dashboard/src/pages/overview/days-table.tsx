import { ScrollArea, Table } from '@mantine/core';
import { type Day, KINDS, LOOKS } from './statistics.ts';

const DAY = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

/** The days as a table, newest first. */
export function DaysTable({ days }: { days: readonly Day[] }) {
  return (
    <ScrollArea.Autosize mah={300} type="auto" offsetScrollbars viewportProps={{ tabIndex: 0 }}>
      <Table
        stickyHeader
        verticalSpacing={6}
        horizontalSpacing={6}
        fz="sm"
        style={{ whiteSpace: 'nowrap' }}
        borderColor="var(--line)"
        aria-label="Emails by day, UTC"
      >
        <Table.Thead style={{ '--mantine-color-body': 'var(--paper)' }}>
          <Table.Tr>
            <Table.Th scope="col">Day, UTC</Table.Th>
            {KINDS.map((kind) => (
              <Table.Th key={kind} scope="col" ta="end">
                {LOOKS[kind].label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {[...days].reverse().map((day) => (
            <Table.Tr key={day.date}>
              <Table.Th scope="row" fw={400}>
                {DAY.format(new Date(day.date))}
              </Table.Th>
              {KINDS.map((kind) => (
                <Table.Td key={kind} ta="end">
                  {day[kind].toLocaleString()}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
