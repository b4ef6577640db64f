import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import IconPlus from '~icons/tabler/plus';
import { api, unwrap } from '../../api/client.ts';
import type { ListPage } from '../../api/use-list.ts';
import { ConfirmModal } from '../../components/confirm-modal.tsx';
import { focusHeading } from '../../components/focus.ts';
import { notifyDone } from '../../components/notify.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { CreateKeyForm } from './create-key-form.tsx';
import { CreatedKeyModal } from './created-key.tsx';
import type { ApiKey, CreatedKey } from './key-words.ts';
import { KeysTable } from './keys-table.tsx';

type Pages = InfiniteData<ListPage<ApiKey>, string | undefined>;

/** Adds a new key to the list at once, without its text; the API's list has it a moment later. */
function withKey(pages: Pages | undefined, { key: _text, ...created }: CreatedKey) {
  const [first, ...rest] = pages?.pages ?? [];
  if (!pages || !first || first.data.some(({ id }) => id === created.id)) return pages;
  return { ...pages, pages: [{ ...first, data: [created, ...first.data] }, ...rest] };
}

type RevokeModalProps = {
  readonly opened: boolean;
  readonly revoking: ApiKey | null;
  readonly onClose: () => void;
};

function RevokeModal({ opened, revoking, onClose }: RevokeModalProps) {
  const queryClient = useQueryClient();
  const revoke = async () => {
    if (!revoking) return;
    const { id, name } = revoking;
    await unwrap(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } }));
    // This removes the button that opened the dialog.
    await queryClient.invalidateQueries({ queryKey: ['api-keys'] });
    focusHeading();
    notifyDone(`Revoked the key ${name}.`);
  };
  return (
    <ConfirmModal
      opened={opened}
      onClose={onClose}
      title="Revoke this key?"
      confirmLabel="Revoke"
      onConfirm={revoke}
    >
      <b>{revoking?.name}</b> ({revoking?.prefix}…{revoking?.last4}) stops working at once: every
      request that uses it fails. You cannot undo this.
    </ConfirmModal>
  );
}

function useNewKey() {
  const queryClient = useQueryClient();
  const [asking, { open, close }] = useDisclosure();
  const [created, setCreated] = useState<CreatedKey | null>(null);
  const onCreated = (key: CreatedKey) => {
    close();
    setCreated(key);
    queryClient.setQueryData<Pages>(['api-keys'], (pages) => withKey(pages, key));
  };
  const onStored = () => {
    setCreated(null);
    void queryClient.invalidateQueries({ queryKey: ['api-keys'] });
  };
  return { asking, open, close, created, onCreated, onStored };
}

/** The account's API keys. */
export default function ApiKeysPage() {
  const { asking, open, close, created, onCreated, onStored } = useNewKey();
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const [confirming, confirm] = useDisclosure();
  const askToRevoke = (key: ApiKey) => {
    setRevoking(key);
    confirm.open();
  };
  const create = (
    <Button leftSection={<IconPlus size={16} stroke={1.8} aria-hidden="true" />} onClick={open}>
      Create API Key
    </Button>
  );
  return (
    <>
      <PageHeader
        title="API Keys"
        description="Keys your applications authenticate with. Revoked keys stay in the list for 30 days."
        action={create}
      />
      <Panel flush>
        <KeysTable onRevoke={askToRevoke} />
      </Panel>
      <Modal opened={asking} onClose={close} title="Create API Key">
        <CreateKeyForm onCreated={onCreated} onCancel={close} />
      </Modal>
      <CreatedKeyModal created={created} onClose={onStored} />
      <RevokeModal opened={confirming} revoking={revoking} onClose={confirm.close} />
    </>
  );
}
