import { SegmentedControl } from '@mantine/core';
import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import IconSend from '~icons/tabler/send';
import { api, unwrap } from '../../api/client.ts';
import { type ListPage, useList } from '../../api/use-list.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { deliveriesKey } from './endpoint-work.ts';
import { DELIVERY_STATUSES, type Delivery } from './webhook-words.ts';
import classes from './webhooks.module.css';

const FILTERS = [
  { value: '', label: 'All' },
  ...Object.entries(DELIVERY_STATUSES).map(([value, [, label]]) => ({ value, label })),
];

/** Milliseconds, while a delivery in the list is pending; otherwise a visit to the page shows new ones. */
const WHILE_PENDING = 15_000;

const isStatus = (value: string | null): value is Delivery['status'] =>
  value !== null && value in DELIVERY_STATUSES;

function withParameter(search: URLSearchParams, name: string, value: string): URLSearchParams {
  const changed = new URLSearchParams(search);
  changed.delete(name);
  if (value) changed.set(name, value);
  return changed;
}

function useDeliveries(id: string, status: Delivery['status'] | undefined) {
  const key = [...deliveriesKey(id), { status }];
  const known = useQueryClient().getQueryData<InfiniteData<ListPage<Delivery>>>(key);
  const waits = known?.pages.some(({ data }) => data.some((each) => each.status === 'pending'));
  return useList(
    key,
    (cursor, signal) => {
      const params = { path: { id }, query: { limit: 20, cursor, status } };
      return unwrap(api.GET('/api/v1/webhooks/{id}/deliveries', { params, signal }));
    },
    waits ? { refetchInterval: WHILE_PENDING } : {},
  );
}

/** The status of a delivery in colour and words. */
export function DeliveryStatus({ status }: { status: Delivery['status'] }) {
  const [tone, words] = DELIVERY_STATUSES[status];
  return <StatusBadge tone={tone}>{words}</StatusBadge>;
}

/** The email that a delivery is about. */
export function EmailOf({ emailId, environment }: Delivery) {
  if (emailId === null) return <>A test event</>;
  const query = environment === 'test' ? '?environment=test' : '';
  return (
    <Link className={classes.mono} to={`/emails/${emailId}${query}`}>
      {emailId}
    </Link>
  );
}

const COLUMNS: Column<Delivery>[] = [
  { name: 'Event', cell: ({ id, event }) => <DeliveryLink id={id}>{event}</DeliveryLink> },
  { name: 'Email', cell: (delivery) => <EmailOf {...delivery} /> },
  { name: 'Status', cell: ({ status }) => <DeliveryStatus status={status} /> },
  { name: 'Attempts', numeric: true, cell: ({ attempts }) => attempts.length },
  {
    name: 'Next attempt',
    cell: ({ nextAttemptAt }) => (nextAttemptAt ? <Moment at={nextAttemptAt} /> : 'None'),
  },
  { name: 'Created', cell: ({ createdAt }) => <Moment at={createdAt} /> },
];

function DeliveryLink({ id, children }: { id: string; children: string }) {
  const [search] = useSearchParams();
  return <Link to={`?${withParameter(search, 'delivery', id)}`}>{children}</Link>;
}

function Nothing({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <EmptyState icon={IconSend} title="No deliveries with this status">
      Choose All to see every delivery.
    </EmptyState>
  ) : (
    <EmptyState icon={IconSend} title="No deliveries yet">
      Press Send test event to try the endpoint. Events for real emails appear here after their
      first attempt.
    </EmptyState>
  );
}

/** The deliveries to an endpoint, newest first. */
export function Deliveries({ endpointId }: { endpointId: string }) {
  const [search, setSearch] = useSearchParams();
  const chosen = search.get('status');
  const status = isStatus(chosen) ? chosen : undefined;
  const list = useDeliveries(endpointId, status);
  const filter = (
    <SegmentedControl
      size="xs"
      aria-label="Status of the deliveries"
      data={FILTERS}
      value={status ?? ''}
      onChange={(value) =>
        setSearch((now) => withParameter(now, 'status', value), { replace: true })
      }
    />
  );
  return (
    <Panel flush title="Deliveries" action={filter}>
      <DataTable
        label="Deliveries"
        list={list}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        empty={<Nothing filtered={status !== undefined} />}
      />
    </Panel>
  );
}
