import { Anchor, Skeleton, Stack } from '@mantine/core';
import { Link } from 'react-router';
import type { Schema } from '../../api/client.ts';
import type { Environment } from '../../components/environment.ts';
import { Panel } from '../../components/panel.tsx';
import { UsageMeter } from '../../components/usage-meter.tsx';

type UsagePanelProps = {
  readonly account: Schema<'Account'> | undefined;
  readonly environment: Environment;
};

/** What the plan allows and how much of it is used. */
export function UsagePanel({ account, environment }: UsagePanelProps) {
  const month = account?.usage[0]?.[environment];
  return (
    <Panel
      title={account ? `${account.plan.name} plan` : 'Plan'}
      action={
        <Anchor component={Link} to="/settings" size="sm">
          Details
        </Anchor>
      }
    >
      {account && month ? (
        <Stack>
          <UsageMeter
            label={environment === 'live' ? 'Emails this month' : 'Test emails this month'}
            used={month.emails}
            limit={month.limit}
          />
          <UsageMeter
            label="Domains"
            used={account.domains.used}
            limit={account.domains.limit}
            calm
          />
        </Stack>
      ) : (
        <Skeleton h={72} />
      )}
    </Panel>
  );
}
