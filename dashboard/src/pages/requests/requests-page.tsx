import { Button, NativeSelect } from '@mantine/core';
import { useSearchParams } from 'react-router';
import IconCircleCheck from '~icons/tabler/circle-check';
import IconFilterSearch from '~icons/tabler/filter-search';
import { api, type Schema, unwrap } from '../../api/client.ts';
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
/** Milliseconds between two looks at the newest. */
const REFRESH = 15_000;

const STATUSES = [
  ['400', 'Validation failed'],
  ['401', 'Unauthorized'],
  ['403', 'Not allowed'],
  ['404', 'Not found'],
  ['405', 'Method not allowed'],
  ['409', 'Conflict'],
  ['413', 'Too large'],
  ['429', 'Rate or quota exceeded'],
  ['500', 'Internal server error'],
] as const;

const COLUMNS: readonly Column<Request>[] = [
  { name: 'Refusal', cell: (request) => <Refusal request={request} /> },
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
  const status = STATUSES.find(([value]) => value === named)?.[0];
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
    ...STATUSES.map(([value, words]) => ({ value, label: `${value} ${words}` })),
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
      <EmptyState icon={IconCircleCheck} title="Nothing was refused">
        That is good news: every call that came with one of your keys was answered with a success.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={IconFilterSearch}
      title={`No call was refused with ${status}`}
      action={
        <Button variant="default" onClick={() => choose('')}>
          Show all refused calls
        </Button>
      }
    >
      Among the last 200 refused calls there is none with this status.
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
        description="The last 200 API calls that got an error, newest first. An email that never arrived and is not among the Emails was refused: the reason is here, even if your application swallowed it."
      />
      <StatusFilter {...filter} />
      <Panel flush>
        <DataTable
          label="Refused calls"
          list={list}
          columns={COLUMNS}
          keyOf={({ id }) => id}
          empty={<Empty {...filter} />}
        />
      </Panel>
    </>
  );
}
