import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import IconMailOff from '~icons/tabler/mail-off';
import IconPlus from '~icons/tabler/plus';
import { api, unwrap } from '../../api/client.ts';
import { useList } from '../../api/use-list.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Moment } from '../../components/moment.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { AddModal } from './add-modal.tsx';
import { Cause, End, Reason, RemoveButton } from './cells.tsx';
import { LookUp } from './look-up.tsx';
import { RemoveModal } from './remove-modal.tsx';
import type { Suppression } from './words.ts';

const PAGE_SIZE = 25;

function columnsOf(onRemove: (entry: Suppression) => void): readonly Column<Suppression>[] {
  return [
    { name: 'Address', width: '27%', cell: ({ address }) => address },
    { name: 'Reason', width: '8.5rem', cell: (entry) => <Reason entry={entry} /> },
    { name: 'Why', cell: (entry) => <Cause entry={entry} /> },
    { name: 'Since', width: '7.5rem', cell: ({ createdAt }) => <Moment at={createdAt} as="day" /> },
    { name: 'Expires', width: '7.5rem', cell: (entry) => <End entry={entry} /> },
    {
      name: 'Remove',
      width: '3.5rem',
      quiet: true,
      cell: (entry) => <RemoveButton entry={entry} onRemove={onRemove} />,
    },
  ];
}

function Entries({ onRemove }: { onRemove: (entry: Suppression) => void }) {
  const list = useList<Suppression>(['suppressions', 'list'], (cursor, signal) =>
    unwrap(
      api.GET('/api/v1/suppressions', { params: { query: { limit: PAGE_SIZE, cursor } }, signal }),
    ),
  );
  return (
    <DataTable
      label="Suppressed addresses"
      list={list}
      columns={columnsOf(onRemove)}
      keyOf={({ address }) => address}
      empty={
        <EmptyState icon={IconMailOff} title="No suppressed addresses">
          Addresses are added after a hard bounce, or when a recipient marks an email as spam. You
          can also add one yourself, for example when somebody unsubscribes.
        </EmptyState>
      }
    />
  );
}

/** The addresses that we never send to. */
export default function SuppressionsPage() {
  const [adding, { open, close }] = useDisclosure();
  const [removing, setRemoving] = useState<Suppression | null>(null);
  return (
    <>
      <PageHeader
        title="Suppressions"
        description="Addresses we never send to, to protect your reputation. The API rejects emails to them. Live and test keys check the same list, but test emails never add to it."
        action={
          <Button
            leftSection={<IconPlus size={16} stroke={1.8} aria-hidden="true" />}
            onClick={open}
          >
            Add address
          </Button>
        }
      />
      <LookUp onRemove={setRemoving} />
      <Panel flush>
        <Entries onRemove={setRemoving} />
      </Panel>
      <AddModal opened={adding} onClose={close} />
      <RemoveModal entry={removing} onClose={() => setRemoving(null)} />
    </>
  );
}
