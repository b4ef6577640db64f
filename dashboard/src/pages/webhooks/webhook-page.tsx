import { Button, Group, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import IconWebhookOff from '~icons/tabler/webhook-off';
import { api, unwrap } from '../../api/client.ts';
import { isNotFound } from '../../api/errors.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Deliveries } from './deliveries.tsx';
import { DeliveryDrawer } from './delivery-drawer.tsx';
import { type EndpointDialog, EndpointDialogs } from './endpoint-dialogs.tsx';
import { HowToVerify } from './endpoint-secret.tsx';
import { EndpointSettings } from './endpoint-settings.tsx';
import { endpointKey } from './endpoint-work.ts';
import type { Endpoint } from './webhook-words.ts';

function useEndpoint(id: string) {
  return useQuery({
    queryKey: endpointKey(id),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/webhooks/{id}', { params: { path: { id } }, signal })),
  });
}

/** The URL without `https://`. */
function shortUrl({ url }: Endpoint): string {
  return url.replace(/^https?:\/\//, '');
}

function Heading({ endpoint }: { endpoint: Endpoint }) {
  const enabled = endpoint.status === 'enabled';
  return (
    <Group component="span" gap="sm">
      {shortUrl(endpoint)}
      <StatusBadge tone={enabled ? 'good' : 'warning'}>
        {enabled ? 'Enabled' : 'Disabled'}
      </StatusBadge>
    </Group>
  );
}

type LoadedProps = {
  readonly endpoint: Endpoint;
  readonly dialog: EndpointDialog | null;
  readonly onDialog: (dialog: EndpointDialog | null) => void;
};

function Loaded({ endpoint, dialog, onDialog }: LoadedProps) {
  return (
    <>
      <EndpointSettings endpoint={endpoint} onOpen={onDialog} />
      <Deliveries endpointId={endpoint.id} />
      <Panel title="Verify the signatures">
        <HowToVerify />
      </Panel>
      <DeliveryDrawer endpointId={endpoint.id} />
      <EndpointDialogs endpoint={endpoint} open={dialog} onClose={() => onDialog(null)} />
    </>
  );
}

function NotFound() {
  return (
    <EmptyState
      icon={IconWebhookOff}
      title="Your account does not have this endpoint"
      action={
        <Button component={Link} to="/webhooks">
          Go to Webhooks
        </Button>
      }
    >
      You may have deleted it, or the address may be mistyped.
    </EmptyState>
  );
}

function Waiting() {
  return (
    <Stack gap="lg" role="status" aria-label="Loading the endpoint">
      <Skeleton h={22} w="30%" />
      <Skeleton h={120} />
    </Stack>
  );
}

type InsteadProps = { readonly error: unknown; readonly onRetry: () => void };

function Instead({ error, onRetry }: InsteadProps) {
  if (isNotFound(error)) return <NotFound />;
  return error ? <ErrorState error={error} onRetry={onRetry} /> : <Waiting />;
}

/** One webhook endpoint and its deliveries. */
export default function WebhookPage() {
  const { id = '' } = useParams();
  const [dialog, setDialog] = useState<EndpointDialog | null>(null);
  const { data, error, refetch } = useEndpoint(id);
  const endpoint = isNotFound(error) ? undefined : data;
  const test = <Button onClick={() => setDialog('test')}>Send test event</Button>;
  return (
    <>
      <PageHeader
        title={endpoint ? shortUrl(endpoint) : 'Webhook'}
        heading={endpoint && <Heading endpoint={endpoint} />}
        back={{ to: '/webhooks', label: 'Webhooks' }}
        action={endpoint?.status === 'enabled' && test}
      />
      {endpoint ? (
        <Loaded endpoint={endpoint} dialog={dialog} onDialog={setDialog} />
      ) : (
        <Panel>
          <Instead error={error} onRetry={() => void refetch()} />
        </Panel>
      )}
    </>
  );
}
