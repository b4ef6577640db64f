import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { focusHeading } from '../../components/focus.ts';
import { notifyDone, notifyError } from '../../components/notify.ts';
import { useEndpointWork } from './endpoint-work.ts';
import type { Endpoint } from './webhook-words.ts';

type EnableButtonProps = { readonly endpoint: Endpoint; readonly size?: 'xs' | 'sm' };

/** Lets a disabled endpoint receive events again. */
export function EnableButton({ endpoint, size = 'sm' }: EnableButtonProps) {
  const { change } = useEndpointWork(endpoint.id);
  const enable = useMutation({
    mutationFn: () => change({ status: 'enabled' }),
    onSuccess: () => {
      focusHeading();
      notifyDone('Endpoint enabled. It receives new events from now on.');
    },
    onError: notifyError,
  });
  return (
    <Button
      variant="default"
      size={size}
      aria-label={`Enable the endpoint ${endpoint.url}`}
      loading={enable.isPending}
      onClick={() => enable.mutate()}
    >
      Enable
    </Button>
  );
}
