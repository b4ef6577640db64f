import { Button, Center, Stack, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';

type Props = { readonly children: ReactNode };

/**
 * Shown when the page itself failed. The usual reason is a file of an older version that is no
 * longer served; reloading the page fixes that.
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
          <Title order={1}>Couldn't show this page</Title>
          <Text c="dimmed">
            There may be a newer version of the dashboard. Reload the page to get it.
          </Text>
          <Button onClick={() => window.location.reload()}>Reload</Button>
        </Stack>
      </Center>
    );
  }
}
