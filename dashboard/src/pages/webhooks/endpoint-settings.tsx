import { Alert, Button, Group } from '@mantine/core';
import IconAlertTriangle from '~icons/tabler/alert-triangle';
import { Details } from '../../components/details.tsx';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import { EnableButton } from './enable-button.tsx';
import type { EndpointDialog } from './endpoint-dialogs.tsx';
import { type Endpoint, eventsInWords } from './webhook-words.ts';

function DisabledAlert({ endpoint }: { endpoint: Endpoint }) {
  return (
    <Alert
      color="orange"
      variant="light"
      mb="lg"
      title="This endpoint is disabled"
      icon={<IconAlertTriangle size={18} aria-hidden="true" />}
      styles={{
        root: { background: 'var(--tint-warning)' },
        icon: { color: 'var(--ink-warning)' },
        title: { color: 'var(--ink-warning)' },
        message: { color: 'var(--mantine-color-text)' },
      }}
    >
      <p style={{ margin: '0 0 0.75rem' }}>
        {endpoint.disabledReason} We keep no events for it while it is disabled. Once your server
        works, enable the endpoint and resend the deliveries that matter.
      </p>
      <EnableButton endpoint={endpoint} />
    </Alert>
  );
}

type SettingsProps = {
  readonly endpoint: Endpoint;
  readonly onOpen: (dialog: EndpointDialog) => void;
};

function Actions({ endpoint, onOpen }: SettingsProps) {
  const button = (dialog: EndpointDialog, words: string) => (
    <Button variant="default" size="sm" onClick={() => onOpen(dialog)}>
      {words}
    </Button>
  );
  return (
    <Group gap="xs">
      {button('edit', 'Edit')}
      {button('rotate', 'Rotate secret')}
      {endpoint.status === 'enabled' && button('disable', 'Disable')}
      {button('delete', 'Delete')}
    </Group>
  );
}

/** The settings of an endpoint, and the buttons that change them. */
export function EndpointSettings({ endpoint, onOpen }: SettingsProps) {
  const { url, environment, events, description, createdAt, disabledAt } = endpoint;
  return (
    <Panel title="Settings" action={<Actions endpoint={endpoint} onOpen={onOpen} />}>
      {endpoint.status === 'disabled' && <DisabledAlert endpoint={endpoint} />}
      <Details
        items={[
          ['URL', url],
          ['Description', description],
          ['Environment', environment === 'live' ? 'Live' : 'Test'],
          ['Events', eventsInWords(events)],
          ['Added', <Moment key="added" at={createdAt} />],
          ['Disabled', disabledAt && <Moment key="disabled" at={disabledAt} />],
        ]}
      />
    </Panel>
  );
}
