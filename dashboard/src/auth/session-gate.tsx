import { Button, Center, Loader, Stack, Text, Title } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { Wordmark } from '../components/wordmark.tsx';
import { startSession, useSession } from './session.ts';

const SignInPage = lazy(() => import('../pages/sign-in/sign-in-page.tsx'));

const waiting = (
  <Center mih="100dvh">
    <Loader aria-label="Loading Maillayer" />
  </Center>
);

function Unavailable({ message }: { message: string }) {
  return (
    <Center component="main" mih="100dvh" p="lg">
      <Stack align="center" maw={420} ta="center">
        <Wordmark />
        <Title order={1}>The dashboard did not start</Title>
        <Text c="dimmed">{message}</Text>
        <Button onClick={() => void startSession()}>Try again</Button>
      </Stack>
    </Center>
  );
}

/** Lets signed-in users through; everybody else gets the sign-in page at the same address. */
export function SessionGate({ children }: { children: ReactNode }) {
  const session = useSession();
  useEffect(() => void startSession(), []);
  if (session.state === 'starting') return waiting;
  if (session.state === 'unavailable') return <Unavailable message={session.message} />;
  return (
    <Suspense fallback={waiting}>
      {session.state === 'signed_in' ? (
        children
      ) : (
        <SignInPage config={session.config} reason={session.reason} />
      )}
    </Suspense>
  );
}
