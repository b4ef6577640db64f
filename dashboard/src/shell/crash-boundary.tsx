import { Button, Center, Stack, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';

type Props = { readonly children: ReactNode };

/**
 * What is shown when the page itself failed. The usual reason is a file of an older version that
 * is no longer served, and loading the page again mends that.
 */
export class CrashBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Center component="section" mih="60dvh" p="lg">
        <Stack align="center" maw={420} ta="center">
          <Title order={1}>This page could not be shown</Title>
          <Text c="dimmed">
            There may be a newer version of the dashboard. Load the page again to get it.
          </Text>
          <Button onClick={() => window.location.reload()}>Load again</Button>
        </Stack>
      </Center>
    );
  }
}
