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
  const change = useSecondFactorChange(() => notifyDone('Signing in no longer asks for a code.'));
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
        title="Sign in without a code?"
        confirmLabel="Turn off the code"
        onConfirm={turnOff}
      >
        After this your password alone opens the account.
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

/** The second factor of signing in: a code of an authenticator app. */
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
        With a code of an authenticator app besides your password, a stolen password alone opens
        nothing.
      </Text>
      {error && enabled === undefined && (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
      {enabled === true && <TurnedOn />}
      {enabled === false && <TurnedOff />}
    </Panel>
  );
}
