import { Button, Skeleton, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { signInMessage } from '../../auth/sign-in-error.ts';
import { ConfirmModal } from '../../components/confirm-modal.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Panel } from '../../components/panel.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { useSecondFactor, useSecondFactorChange } from './second-factor.ts';

const TotpSetUp = lazy(() => import('./totp-set-up.tsx'));

function TurnedOn() {
  const [asking, { open, close }] = useDisclosure();
  const change = useSecondFactorChange(() => notifyDone('Two-step sign-in is off.'));
  const turnOff = async () => {
    await change.mutateAsync(null).catch((error: unknown) => {
      throw new Error(signInMessage(error));
    });
  };
  return (
    <>
      <Button variant="default" onClick={open}>
        Turn off
      </Button>
      <ConfirmModal
        opened={asking}
        onClose={close}
        title="Turn off two-step sign-in?"
        confirmLabel="Turn off"
        onConfirm={turnOff}
      >
        Only your password will be needed.
      </ConfirmModal>
    </>
  );
}

function TurnedOff() {
  const [settingUp, { open, close }] = useDisclosure();
  if (!settingUp)
    return (
      <Button variant="default" onClick={open}>
        Set up an authenticator app
      </Button>
    );
  return (
    <Suspense fallback={<Skeleton h={240} />}>
      <TotpSetUp onClose={close} />
    </Suspense>
  );
}

/** The second factor of signing in: a code from an authenticator app. */
export function SecondFactorPanel() {
  const { data: enabled, error, refetch } = useSecondFactor();
  return (
    <Panel
      title="Two-step sign-in"
      action={
        enabled !== undefined && (
          <StatusBadge tone={enabled ? 'good' : 'quiet'}>{enabled ? 'On' : 'Off'}</StatusBadge>
        )
      }
    >
      <Text size="sm" c="dimmed" mb="md" maw="42rem">
        Also ask for a code from an authenticator app when you sign in.
      </Text>
      {error && enabled === undefined && (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
      {enabled === true && <TurnedOn />}
      {enabled === false && <TurnedOff />}
    </Panel>
  );
}
