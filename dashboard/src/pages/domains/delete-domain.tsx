import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { ACCOUNT_KEY } from '../../api/account.ts';
import { api, unwrap } from '../../api/client.ts';
import { ConfirmModal } from '../../components/confirm-modal.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Panel } from '../../components/panel.tsx';

function useDelete(name: string): () => Promise<void> {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    await queryClient.cancelQueries({ queryKey: ['domains', name] });
    await unwrap(api.DELETE('/api/v1/domains/{name}', { params: { path: { name } } }));
    await navigate('/domains');
    queryClient.removeQueries({ queryKey: ['domains', name] });
    void queryClient.invalidateQueries({ queryKey: ['domains'], exact: true });
    void queryClient.invalidateQueries({ queryKey: ACCOUNT_KEY });
    notifyDone(`Deleted ${name}.`);
  };
}

/** Deletes a domain; the user has to type its name first. */
export function DeleteDomain({ name }: { name: string }) {
  const [asking, { open, close }] = useDisclosure();
  const remove = useDelete(name);
  return (
    <Panel
      title="Delete domain"
      description="You can no longer send from it. API keys restricted to it stop working."
      action={
        <Button variant="default" onClick={open}>
          Delete domain
        </Button>
      }
    >
      <ConfirmModal
        opened={asking}
        onClose={close}
        title={`Delete ${name}?`}
        confirmLabel="Delete domain"
        onConfirm={remove}
        name={name}
      >
        You can no longer send from {name}, and emails from it that are still queued fail. Emails
        that you have sent stay in your lists.
      </ConfirmModal>
    </Panel>
  );
}
