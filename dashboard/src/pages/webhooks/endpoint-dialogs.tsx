import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { ConfirmModal } from '../../components/confirm-modal.tsx';
import { focusHeading } from '../../components/focus.ts';
import { notifyDone } from '../../components/notify.ts';
import { EditEndpoint } from './edit-endpoint.tsx';
import { EndpointSecret } from './endpoint-secret.tsx';
import { useEndpointWork } from './endpoint-work.ts';
import { TestEvent } from './test-event.tsx';
import type { Endpoint } from './webhook-words.ts';

/** The dialogs of an endpoint. */
export type EndpointDialog = 'test' | 'edit' | 'rotate' | 'disable' | 'delete';

type DialogProps = {
  readonly endpoint: Endpoint;
  readonly opened: boolean;
  readonly onClose: () => void;
};

function RotateSecret({ endpoint, opened, onClose }: DialogProps) {
  const [secret, setSecret] = useState<string | null>(null);
  const { rotate } = useEndpointWork(endpoint.id);
  return (
    <>
      <ConfirmModal
        opened={opened}
        onClose={onClose}
        title="Rotate the secret?"
        confirmLabel="Rotate secret"
        onConfirm={async () => setSecret((await rotate()).secret)}
      >
        {endpoint.url} gets a new signing secret, which we show once. For 24 hours both the old and
        the new one sign, so that you can switch without losing events.
      </ConfirmModal>
      <EndpointSecret secret={secret} onClose={() => setSecret(null)}>
        Copy it now and put it on your server within 24 hours. Until then both secrets sign; after
        that only the new one does. We do not show it again.
      </EndpointSecret>
    </>
  );
}

function DisableEndpoint({ endpoint, ...modal }: DialogProps) {
  const { change } = useEndpointWork(endpoint.id);
  const disable = async () => {
    await change({ status: 'disabled' });
    focusHeading();
  };
  return (
    <ConfirmModal
      {...modal}
      title="Disable this endpoint?"
      confirmLabel="Disable"
      onConfirm={disable}
    >
      {endpoint.url} receives no more events. Pending deliveries fail, and we keep no events for it
      until you enable it again.
    </ConfirmModal>
  );
}

function DeleteEndpoint({ endpoint, ...modal }: DialogProps) {
  const { remove, forget } = useEndpointWork(endpoint.id);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const work = async () => {
    await remove();
    if (pathname !== '/webhooks') await navigate('/webhooks');
    else focusHeading();
    forget();
    notifyDone('Endpoint deleted.');
  };
  return (
    <ConfirmModal {...modal} title="Delete this endpoint?" confirmLabel="Delete" onConfirm={work}>
      {endpoint.url} receives no more events, and you can no longer see its deliveries. You cannot
      undo this.
    </ConfirmModal>
  );
}

type EndpointDialogsProps = {
  readonly endpoint: Endpoint;
  /** Which one is open. */
  readonly open: EndpointDialog | null;
  readonly onClose: () => void;
};

/** All dialogs of an endpoint; at most one is open. */
export function EndpointDialogs({ endpoint, open, onClose }: EndpointDialogsProps) {
  const of = (dialog: EndpointDialog) => ({ endpoint, opened: open === dialog, onClose });
  return (
    <>
      <TestEvent {...of('test')} />
      <EditEndpoint {...of('edit')} />
      <RotateSecret {...of('rotate')} />
      <DisableEndpoint {...of('disable')} />
      <DeleteEndpoint {...of('delete')} />
    </>
  );
}
