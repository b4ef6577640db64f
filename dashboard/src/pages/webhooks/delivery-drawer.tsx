import { Button, Drawer, Group, Skeleton, Stack, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import IconMoodEmpty from '~icons/tabler/mood-empty';
import { api, unwrap } from '../../api/client.ts';
import { isNotFound } from '../../api/errors.ts';
import { CodeBlock } from '../../components/code-block.tsx';
import { Details } from '../../components/details.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { focusHeading } from '../../components/focus.ts';
import { Moment } from '../../components/moment.tsx';
import { notifyDone, notifyError } from '../../components/notify.ts';
import { Attempts } from './attempts.tsx';
import { DeliveryStatus, EmailOf } from './deliveries.tsx';
import { deliveriesKey } from './endpoint-work.ts';
import type { Delivery } from './webhook-words.ts';
import classes from './webhooks.module.css';

type Ids = { readonly endpointId: string; readonly deliveryId: string };

/** Milliseconds until the next request: few while an attempt is due, which takes at most 15 seconds. */
function pauseFor({ status, nextAttemptAt }: Delivery): number | false {
  if (status !== 'pending') return false;
  const due = nextAttemptAt === null || Date.parse(nextAttemptAt) - Date.now() < 10_000;
  return due ? 2000 : 15_000;
}

const pathOf = ({ endpointId, deliveryId }: Ids) => ({
  params: { path: { id: endpointId, deliveryId } },
});

function useDelivery(ids: Ids) {
  return useQuery({
    queryKey: [...deliveriesKey(ids.endpointId), ids.deliveryId],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/webhooks/{id}/deliveries/{deliveryId}', { ...pathOf(ids), signal })),
    refetchInterval: ({ state }) => (state.data ? pauseFor(state.data) : false),
  });
}

function ResendButton(ids: Ids) {
  const queryClient = useQueryClient();
  const key = deliveriesKey(ids.endpointId);
  const resend = useMutation({
    mutationFn: () =>
      unwrap(api.POST('/api/v1/webhooks/{id}/deliveries/{deliveryId}/resend', { ...pathOf(ids) })),
    onSuccess: (delivery) => {
      void queryClient.invalidateQueries({ queryKey: key });
      queryClient.setQueryData([...key, ids.deliveryId], delivery);
      notifyDone('Queued for redelivery.');
    },
    onError: notifyError,
  });
  return (
    <Button loading={resend.isPending} onClick={() => resend.mutate()}>
      Resend
    </Button>
  );
}

function Facts({ delivery }: { delivery: Delivery }) {
  const { id, event, status, reason, createdAt, nextAttemptAt } = delivery;
  return (
    <Details
      items={[
        ['Status', <DeliveryStatus key="status" status={status} />],
        ['Reason', reason],
        ['Next attempt', nextAttemptAt && <Moment key="next" at={nextAttemptAt} as="exact" />],
        ['Event', event],
        ['Email', <EmailOf key="email" {...delivery} />],
        ['Created', <Moment key="created" at={createdAt} as="exact" />],
        [
          'webhook-id',
          <span key="id" className={classes.mono}>
            {id}
          </span>,
        ],
      ]}
    />
  );
}

function Content(ids: Ids) {
  const { data: delivery, error, refetch } = useDelivery(ids);
  if (isNotFound(error))
    return (
      <EmptyState icon={IconMoodEmpty} title="There is no such delivery">
        It may be too old: we keep deliveries as long as emails.
      </EmptyState>
    );
  if (!delivery)
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} />
    ) : (
      <Stack role="status" aria-label="Loading the delivery">
        <Skeleton h={120} />
        <Skeleton h={80} />
      </Stack>
    );
  return (
    <Stack gap="lg">
      <Facts delivery={delivery} />
      <Group>
        <ResendButton {...ids} />
      </Group>
      <Title order={3}>Payload</Title>
      <CodeBlock code={delivery.body} name="the payload" wrap />
      <Title order={3}>Attempts</Title>
      <Attempts attempts={delivery.attempts} />
    </Stack>
  );
}

/** One delivery beside the list: the address names it (`?delivery=…`). */
export function DeliveryDrawer({ endpointId }: { endpointId: string }) {
  const [search, setSearch] = useSearchParams();
  const deliveryId = search.get('delivery');
  const close = () => {
    setSearch((now) => {
      const changed = new URLSearchParams(now);
      changed.delete('delivery');
      return changed;
    });
    focusHeading({ onlyIfLost: true });
  };
  return (
    <Drawer
      opened={deliveryId !== null}
      onClose={close}
      position="right"
      size="lg"
      title="Delivery"
      closeButtonProps={{ 'aria-label': 'Close the delivery' }}
    >
      {deliveryId !== null && <Content endpointId={endpointId} deliveryId={deliveryId} />}
    </Drawer>
  );
}
