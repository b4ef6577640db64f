import { Skeleton, Stack, Text } from '@mantine/core';
import type { Schema } from '../../api/client.ts';
import { Panel } from '../../components/panel.tsx';
import { SendingStatus } from '../../components/sending-status.tsx';
import { receptionWords } from './health.ts';
import { type Day, totalOf } from './statistics.ts';

type HealthPanelProps = {
  readonly account: Schema<'Account'> | undefined;
  readonly days: readonly Day[] | undefined;
};

/** Whether emails are sent, and how recipients react, in words. */
export function HealthPanel({ account, days }: HealthPanelProps) {
  return (
    <Panel
      title="Sending health"
      action={account && <SendingStatus state={account.sending.state} />}
    >
      {account ? (
        <Stack gap="xs">
          <Text size="sm">{account.sending.message}</Text>
          {days && (
            <Text size="sm" c="dimmed">
              {receptionWords(totalOf(days.slice(-30)))}
            </Text>
          )}
        </Stack>
      ) : (
        <Skeleton h={72} />
      )}
    </Panel>
  );
}
