import { Button, Text } from '@mantine/core';
import { Link, useLocation } from 'react-router';
import IconHistory from '~icons/tabler/history';
import IconMailSearch from '~icons/tabler/mail-search';
import { api, type Schema, unwrap } from '../../api/client.ts';
import { useLiveList } from '../../api/use-live-list.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmailStatus } from '../../components/email-status.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { useEnvironment } from '../../components/environment.ts';
import { Moment } from '../../components/moment.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { queryOf, useEmailFilters } from './email-filters.ts';
import { FilterForm } from './filter-form.tsx';
import { FirstSend } from './first-send.tsx';
import { LiveNote } from './live-note.tsx';

type Email = Schema<'Email'>;

const PAGE_SIZE = 25;
/** Milliseconds; a filtered list reads more of the table each time. */
const REFRESH = { all: 5_000, filtered: 20_000 };

function EmailLink({ email }: { email: Email }) {
  const { search } = useLocation();
  const [first, ...others] = email.recipients;
  const query = email.environment === 'test' ? '?environment=test' : '';
  return (
    <Link to={`/emails/${email.id}${query}`} state={{ list: search }}>
      {first?.address ?? email.id}
      {others.length > 0 && (
        <Text span inherit fw={400}>
          {` and ${others.length} more`}
        </Text>
      )}
    </Link>
  );
}

const COLUMNS: readonly Column<Email>[] = [
  { name: 'Recipient', width: '32%', cell: (email) => <EmailLink email={email} /> },
  { name: 'Subject', cell: ({ subject }) => subject || '(no subject)' },
  { name: 'Status', width: '8.5rem', cell: ({ status }) => <EmailStatus status={status} /> },
  { name: 'Sent', width: '12rem', cell: ({ createdAt }) => <Moment at={createdAt} /> },
];

function useEmails() {
  const [environment] = useEnvironment();
  const narrowing = useEmailFilters();
  const filters = queryOf(narrowing.filters);
  const narrowed = Object.keys(filters).length > 0;
  const list = useLiveList<Email>(
    ['emails', { environment, ...filters }],
    (cursor, signal) =>
      unwrap(
        api.GET('/api/v1/emails', {
          params: { query: { limit: PAGE_SIZE, environment, ...filters, cursor } },
          signal,
        }),
      ),
    narrowed ? REFRESH.filtered : REFRESH.all,
  );
  return { environment, narrowing, narrowed, list };
}

function NothingFound({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon={IconMailSearch}
      title="No matching emails"
      action={
        <Button variant="default" onClick={onClear}>
          Show all emails
        </Button>
      }
    >
      Recipient and tag must match exactly.
    </EmptyState>
  );
}

/** The API searches only so many emails for one answer; it searches older ones on demand. */
function NothingSoFar({ list }: { list: ReturnType<typeof useEmails>['list'] }) {
  return (
    <EmptyState
      icon={IconHistory}
      title="No matches in the latest emails"
      action={
        <Button variant="default" loading={list.isLoadingMore} onClick={list.loadMore}>
          Search older emails
        </Button>
      }
    >
      Older emails have not been searched yet.
    </EmptyState>
  );
}

function EmailTable({ environment, narrowing, narrowed, list }: ReturnType<typeof useEmails>) {
  if (list.items?.length === 0 && list.hasMore && !list.error) return <NothingSoFar list={list} />;
  return (
    <DataTable
      label="Emails"
      list={list}
      columns={COLUMNS}
      keyOf={({ id }) => id}
      empty={
        narrowed ? (
          <NothingFound onClear={narrowing.clear} />
        ) : (
          <FirstSend environment={environment} />
        )
      }
    />
  );
}

/** Emails, newest first. */
export default function EmailsPage() {
  const emails = useEmails();
  const { list, narrowing } = emails;
  const waits = list.items !== undefined && list.items.length > 0;
  return (
    <>
      <PageHeader
        title="Emails"
        description="Every email you have sent, newest first."
        environment
      />
      <FilterForm {...narrowing} />
      <Panel flush>
        <EmailTable {...emails} />
      </Panel>
      {waits && <LiveNote isLive={list.isLive} onBack={list.backToNewest} />}
    </>
  );
}
