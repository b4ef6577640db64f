import { ActionIcon, Group, Menu } from '@mantine/core';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import IconDots from '~icons/tabler/dots';
import IconWebhook from '~icons/tabler/webhook';
import { api, unwrap } from '../../api/client.ts';
import { useList } from '../../api/use-list.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { focusIfLost } from '../../components/focus.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import { EnableButton } from './enable-button.tsx';
import { type EndpointDialog, EndpointDialogs } from './endpoint-dialogs.tsx';
import { ENDPOINTS_KEY } from './endpoint-work.ts';
import { type Endpoint, eventsInWords } from './webhook-words.ts';
import classes from './webhooks.module.css';

function ActionsMenu({ endpoint }: { endpoint: Endpoint }) {
  const [dialog, setDialog] = useState<EndpointDialog | null>(null);
  const target = useRef<HTMLButtonElement>(null);
  // The menu that opened the dialog no longer exists.
  const close = () => {
    setDialog(null);
    focusIfLost(target.current);
  };
  const item = (name: EndpointDialog, words: string) => (
    <Menu.Item onClick={() => setDialog(name)}>{words}</Menu.Item>
  );
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            ref={target}
            variant="default"
            size={30}
            aria-label={`Actions for ${endpoint.url}`}
          >
            <IconDots size={16} stroke={1.6} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {endpoint.status === 'enabled' && item('test', 'Send test event')}
          {item('edit', 'Edit')}
          {item('rotate', 'Rotate secret')}
          {endpoint.status === 'enabled' && item('disable', 'Disable')}
          {item('delete', 'Delete')}
        </Menu.Dropdown>
      </Menu>
      <EndpointDialogs endpoint={endpoint} open={dialog} onClose={close} />
    </>
  );
}

/** Whether an endpoint receives events and, if not, why. */
function EndpointStatus({ status, disabledReason }: Endpoint) {
  if (status === 'enabled') return <StatusBadge tone="good">Enabled</StatusBadge>;
  return (
    <div>
      <StatusBadge tone="warning">Disabled</StatusBadge>
      <span className={classes.note}>{disabledReason}</span>
    </div>
  );
}

const COLUMNS: Column<Endpoint>[] = [
  {
    name: 'URL',
    width: '36%',
    cell: ({ id, url, description }) => (
      <>
        <Link to={`/webhooks/${id}`}>{url}</Link>
        {description && <span className={classes.note}>{description}</span>}
      </>
    ),
  },
  {
    name: 'Environment',
    cell: ({ environment }) => (environment === 'live' ? 'Live' : 'Test'),
  },
  { name: 'Events', cell: ({ events }) => eventsInWords(events) },
  { name: 'Status', width: '13rem', cell: (endpoint) => <EndpointStatus {...endpoint} /> },
  {
    name: 'Actions',
    quiet: true,
    cell: (endpoint) => (
      <Group gap="xs" justify="flex-end" wrap="nowrap">
        {endpoint.status === 'disabled' && <EnableButton endpoint={endpoint} size="xs" />}
        <ActionsMenu endpoint={endpoint} />
      </Group>
    ),
  },
];

/** The account's endpoints. */
export function EndpointsTable() {
  const list = useList(ENDPOINTS_KEY, (_cursor, signal) =>
    unwrap(api.GET('/api/v1/webhooks', { signal })),
  );
  const empty = (
    <EmptyState icon={IconWebhook} title="No endpoints yet">
      An endpoint is a URL on your server that receives each delivery, bounce and complaint. Press
      Add endpoint to get the secret that proves that the events come from us.
    </EmptyState>
  );
  const keyOf = ({ id }: Endpoint) => id;
  return (
    <DataTable
      label="Webhook endpoints"
      list={list}
      columns={COLUMNS}
      keyOf={keyOf}
      empty={empty}
    />
  );
}
