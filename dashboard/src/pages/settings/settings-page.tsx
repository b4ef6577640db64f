import { Skeleton, Stack } from '@mantine/core';
import { useAccount } from '../../api/account.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { AccountPanel } from './account-panel.tsx';
import { AppearancePanel } from './appearance-panel.tsx';
import { PasswordPanel } from './password-panel.tsx';
import { PlanPanel } from './plan-panel.tsx';
import { SecondFactorPanel } from './second-factor-panel.tsx';
import { SendingPanel } from './sending-panel.tsx';

/** What the account may do, and whether it can send. */
function AccountPanels() {
  const { data: account, error, refetch } = useAccount();
  if (account)
    return (
      <>
        <PlanPanel account={account} />
        <SendingPanel account={account} />
        <AccountPanel account={account} />
      </>
    );
  return (
    <Panel>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton h={160} />}
    </Panel>
  );
}

/** The account, and how the user signs in to it. */
export default function SettingsPage() {
  return (
    <>
      <PageHeader title="Settings" />
      <Stack gap="1.25rem">
        <AccountPanels />
        <PasswordPanel />
        <SecondFactorPanel />
        <AppearancePanel />
      </Stack>
    </>
  );
}
