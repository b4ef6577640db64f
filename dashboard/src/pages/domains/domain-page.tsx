import { Button, Group, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import IconWorldOff from '~icons/tabler/world-off';
import { api, unwrap } from '../../api/client.ts';
import { isNotFound } from '../../api/errors.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { DomainStatus } from '../../components/status-badge.tsx';
import { DeleteDomain } from './delete-domain.tsx';
import { DomainRecords } from './domain-records.tsx';
import { DomainStanding } from './domain-standing.tsx';

/** Milliseconds; reads the result of the last scheduled check, so that a verified domain shows soon after it. */
const WHILE_PENDING = 20_000;

function useDomain(name: string) {
  return useQuery({
    queryKey: ['domains', name],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/domains/{name}', { params: { path: { name } }, signal })),
    refetchInterval: ({ state }) => (state.data?.status === 'pending' ? WHILE_PENDING : false),
  });
}

function Waiting() {
  return (
    <Panel>
      <Stack gap="lg" role="status" aria-label="Loading the domain">
        <Skeleton h={22} w="40%" />
        <Skeleton h={18} w="70%" />
        <Skeleton h={160} />
      </Stack>
    </Panel>
  );
}

function NotFound({ name }: { name: string }) {
  return (
    <Panel>
      <EmptyState
        icon={IconWorldOff}
        title="Your account does not have this domain"
        action={
          <Button component={Link} to="/domains">
            Go to Domains
          </Button>
        }
      >
        {name} is not in your list. You may have deleted it, or the address may be mistyped.
      </EmptyState>
    </Panel>
  );
}

function Content({ name, query }: { name: string; query: ReturnType<typeof useDomain> }) {
  const { data: domain, error, refetch } = query;
  if (isNotFound(error)) return <NotFound name={name} />;
  if (!domain && error)
    return (
      <Panel>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Panel>
    );
  if (!domain) return <Waiting />;
  return (
    <>
      <DomainStanding domain={domain} />
      <DomainRecords domain={domain} />
      <DeleteDomain name={domain.name} />
    </>
  );
}

/** One domain. */
export default function DomainPage() {
  const { name = '' } = useParams();
  const query = useDomain(name);
  const heading = (
    <Group component="span" gap="sm">
      {name}
      {query.data && !query.isError && <DomainStatus status={query.data.status} />}
    </Group>
  );
  return (
    <>
      <PageHeader title={name} heading={heading} back={{ to: '/domains', label: 'Domains' }} />
      <Content name={name} query={query} />
    </>
  );
}
