import { SimpleGrid, Stack } from '@mantine/core';
import { useAccount } from '../../api/account.ts';
import { useEnvironment } from '../../components/environment.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { DaysPanel } from './days-panel.tsx';
import { Figures } from './figures.tsx';
import { FirstSteps } from './first-steps.tsx';
import { HealthPanel } from './health-panel.tsx';
import { useStatistics } from './statistics.ts';
import { UsagePanel } from './usage-panel.tsx';

/** Numbers, health, usage, and the first steps of a new account. */
export default function OverviewPage() {
  const [environment] = useEnvironment();
  const account = useAccount();
  const statistics = useStatistics(environment);
  const failed = [account, statistics].find(({ error, data }) => error && !data);
  return (
    <>
      <PageHeader title="Overview" environment />
      {failed ? (
        <Panel>
          <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
        </Panel>
      ) : (
        <Stack gap="1.25rem">
          <FirstSteps account={account.data} />
          <Figures days={statistics.data} />
          <DaysPanel days={statistics.data} />
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="1.25rem">
            <HealthPanel account={account.data} days={statistics.data} />
            <UsagePanel account={account.data} environment={environment} />
          </SimpleGrid>
        </Stack>
      )}
    </>
  );
}
