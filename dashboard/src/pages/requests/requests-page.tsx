import { Button, NativeSelect } from '@mantine/core';
import { useSearchParams } from 'react-router';
import IconCircleCheck from '~icons/tabler/circle-check';
import IconFilterSearch from '~icons/tabler/filter-search';
import { api, type ErrorStatus, type Schema, unwrap } from '../../api/client.ts';
import { useLiveList } from '../../api/use-live-list.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Moment } from '../../components/moment.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { Domains, Refusal, Sender } from './cells.tsx';
import classes from './requests-page.module.css';

type Request = Schema<'RefusedRequest'>;

const PAGE_SIZE = 50;
/** Milliseconds between two requests for the newest errors. */
const REFRESH = 15_000;

/** The statuses of errors with their words; a 401 has no key, so it is on nobody's list. */
const STATUSES: Readonly<Record<Exclude<ErrorStatus, 401>, string>> = {
  400: 'Validation failed',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  429: 'Rate or quota exceeded',
  500: 'Internal server error',
};

const COLUMNS: readonly Column<Request>[] = [
  { name: 'Error', cell: (request) => <Refusal request={request} /> },
  { name: 'Key', width: '9.5rem', cell: (request) => <Sender request={request} /> },
  {
    name: 'To',
    width: '9.5rem',
    cell: (request) => <Domains domains={request.recipientDomains} />,
  },
  { name: 'When', width: '12rem', cell: ({ time }) => <Moment at={time} as="exact" /> },
];

/** The status that the page's address names; undefined for all. */
function useStatus() {
  const [search, setSearch] = useSearchParams();
  const named = search.get('status');
  const status = named !== null && Object.hasOwn(STATUSES, named) ? named : undefined;
  const choose = (next: string) => {
    const changed = new URLSearchParams(search);
    changed.delete('status');
    if (next) changed.set('status', next);
    setSearch(changed);
  };
  return { status, choose };
}

function StatusFilter({ status, choose }: ReturnType<typeof useStatus>) {
  const data = [
    { value: '', label: 'Any status' },
    ...Object.entries(STATUSES).map(([value, words]) => ({ value, label: `${value} ${words}` })),
  ];
  return (
    <NativeSelect
      className={classes.filter}
      label="Status"
      data={data}
      value={status ?? ''}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}

function Empty({ status, choose }: ReturnType<typeof useStatus>) {
  if (status === undefined)
    return (
      <EmptyState icon={IconCircleCheck} title="No API errors">
        Every call with one of your keys has succeeded.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={IconFilterSearch}
      title={`No ${status} errors`}
      action={
        <Button variant="default" onClick={() => choose('')}>
          Show all errors
        </Button>
      }
    >
      None of the last 200 errors has this status.
    </EmptyState>
  );
}

/** The calls that got an error. */
export default function RequestsPage() {
  const filter = useStatus();
  const status = filter.status === undefined ? {} : { status: Number(filter.status) };
  const list = useLiveList<Request>(
    ['requests', status],
    (cursor, signal) =>
      unwrap(
        api.GET('/api/v1/requests', {
          params: { query: { limit: PAGE_SIZE, ...status, cursor } },
          signal,
        }),
      ),
    REFRESH,
  );
  return (
    <>
      <PageHeader
        title="Requests"
        description="The last 200 API errors, newest first. If an email never arrived and is not under Emails, find the reason here, even if your application ignored it."
      />
      <StatusFilter {...filter} />
      <Panel flush>
        <DataTable
          label="API errors"
          list={list}
          columns={COLUMNS}
          keyOf={({ id }) => id}
          empty={<Empty {...filter} />}
        />
      </Panel>
    </>
  );
}
