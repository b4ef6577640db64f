import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from 'react-router';
import IconPlus from '~icons/tabler/plus';
import IconWorld from '~icons/tabler/world';
import { api, unwrap } from '../../api/client.ts';
import { useList } from '../../api/use-list.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Moment } from '../../components/moment.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { DomainStatus } from '../../components/status-badge.tsx';
import { AddDomainModal } from './add-domain-modal.tsx';
import { useDomainPath } from './domain-path.ts';
import { type Domain, missingWords } from './domain-words.ts';

function DomainsTable() {
  const pathOf = useDomainPath();
  const list = useList(['domains'], (cursor, signal) =>
    unwrap(api.GET('/api/v1/domains', { params: { query: { limit: 25, cursor } }, signal })),
  );
  const columns: Column<Domain>[] = [
    { name: 'Domain', cell: ({ name }) => <Link to={pathOf(name)}>{name}</Link>, width: '30%' },
    { name: 'Status', cell: ({ status }) => <DomainStatus status={status} />, width: '8rem' },
    {
      name: 'To do',
      cell: (domain) => (
        <Text size="sm" c="dimmed">
          {missingWords(domain)}
        </Text>
      ),
    },
    { name: 'Added', cell: ({ createdAt }) => <Moment at={createdAt} as="day" />, width: '8rem' },
  ];
  const empty = (
    <EmptyState icon={IconWorld} title="No domains yet">
      You send emails from your own domain. Press Add Domain to get the DNS records that prove that
      you own it.
    </EmptyState>
  );
  const keyOf = ({ name }: Domain) => name;
  return <DataTable label="Domains" list={list} columns={columns} keyOf={keyOf} empty={empty} />;
}

/** The account's domains. */
export default function DomainsPage() {
  const [adding, { open, close }] = useDisclosure();
  const add = (
    <Button leftSection={<IconPlus size={16} stroke={1.8} aria-hidden="true" />} onClick={open}>
      Add Domain
    </Button>
  );
  return (
    <>
      <PageHeader title="Domains" description="Domains you can send from." action={add} />
      <Panel flush>
        <DomainsTable />
      </Panel>
      <AddDomainModal opened={adding} onClose={close} />
    </>
  );
}
