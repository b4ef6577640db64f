import { Button } from '@mantine/core';
import IconKey from '~icons/tabler/key';
import { api, unwrap } from '../../api/client.ts';
import { useList } from '../../api/use-list.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Moment } from '../../components/moment.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import type { ApiKey } from './key-words.ts';
import classes from './keys-table.module.css';

function Name({ name, revokedAt }: ApiKey) {
  return revokedAt ? <span className={classes.gone}>{name}</span> : name;
}

function Scope({ scope, domain }: ApiKey) {
  return (
    <div>
      {scope === 'send' ? 'Sending' : 'Full access'}
      {domain && <span className={classes.domain}>{domain} only</span>}
    </div>
  );
}

function Standing({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: (key: ApiKey) => void }) {
  const { name, last4, revokedAt } = apiKey;
  if (revokedAt)
    return (
      <div className={classes.revoked}>
        <StatusBadge tone="bad">Revoked</StatusBadge>
        <Moment at={revokedAt} as="day" />
      </div>
    );
  return (
    <Button
      variant="default"
      size="xs"
      aria-label={`Revoke the key ${name}, which ends in ${last4}`}
      onClick={() => onRevoke(apiKey)}
    >
      Revoke
    </Button>
  );
}

function columnsOf(onRevoke: (key: ApiKey) => void): Column<ApiKey>[] {
  return [
    { name: 'Name', width: '18%', cell: (key) => <Name {...key} /> },
    {
      name: 'Key',
      cell: ({ prefix, last4 }) => <code className={classes.key}>{`${prefix}…${last4}`}</code>,
    },
    {
      name: 'Environment',
      cell: ({ environment }) => (environment === 'live' ? 'Live' : 'Test'),
    },
    { name: 'Scope', width: '11rem', cell: (key) => <Scope {...key} /> },
    { name: 'Created', cell: ({ createdAt }) => <Moment at={createdAt} as="day" /> },
    {
      name: 'Last used',
      cell: ({ lastUsedAt }) => (lastUsedAt ? <Moment at={lastUsedAt} /> : 'Never'),
    },
    {
      name: 'Revoke',
      width: '7.5rem',
      quiet: true,
      cell: (key) => <Standing apiKey={key} onRevoke={onRevoke} />,
    },
  ];
}

/** The account's keys; revoked ones stay for 30 days. */
export function KeysTable({ onRevoke }: { onRevoke: (key: ApiKey) => void }) {
  const list = useList(['api-keys'], (cursor, signal) =>
    unwrap(api.GET('/api/v1/api-keys', { params: { query: { limit: 25, cursor } }, signal })),
  );
  const empty = (
    <EmptyState icon={IconKey} title="No API keys yet">
      Your application needs a key to send emails. Press Create API Key: we show the key once, with
      a command to try it.
    </EmptyState>
  );
  return (
    <DataTable
      label="API keys"
      list={list}
      columns={columnsOf(onRevoke)}
      keyOf={({ id }) => id}
      empty={empty}
    />
  );
}
