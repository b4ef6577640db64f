import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { BrowserRouter } from 'react-router';
import { queryClient } from './api/query-client.ts';
import { SessionGate } from './auth/session-gate.tsx';
import { AppFrame } from './shell/app-frame.tsx';
import { CrashBoundary } from './shell/crash-boundary.tsx';
import { theme, themeVariables } from './theme/theme.ts';

/** The whole dashboard: look, data, addresses, and the gate that only a signed-in user passes. */
export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={themeVariables} defaultColorScheme="auto">
      <CrashBoundary>
        <QueryClientProvider client={queryClient}>
          <BrowserRouter>
            <SessionGate>
              <AppFrame />
            </SessionGate>
          </BrowserRouter>
        </QueryClientProvider>
      </CrashBoundary>
      <Notifications position="bottom-right" />
    </MantineProvider>
  );
}
