import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../api/client.ts';
import { isNotFound } from '../../api/errors.ts';
import { ConfirmModal } from '../../components/confirm-modal.tsx';
import { notifyDone } from '../../components/notify.ts';
import { inPath, type Suppression, warningOf } from './words.ts';

type RemoveModalProps = {
  /** Null while there is nothing to remove. */
  readonly entry: Suppression | null;
  readonly onClose: () => void;
};

async function remove(address: string): Promise<void> {
  const path = { address: inPath(address) };
  try {
    await unwrap(api.DELETE('/api/v1/suppressions/{address}', { params: { path } }));
  } catch (error) {
    // Another user has removed the entry, or it has expired: nothing is left to do.
    if (!isNotFound(error)) throw error;
  }
}

/** Asks once, then removes an address from the list. */
export function RemoveModal({ entry, onClose }: RemoveModalProps) {
  const client = useQueryClient();
  // Keeps the text while the modal fades.
  const [last, setLast] = useState(entry);
  if (entry && entry !== last) setLast(entry);
  const shown = entry ?? last;
  const work = async () => {
    if (!shown) return;
    await remove(shown.address);
    await client.invalidateQueries({ queryKey: ['suppressions'] });
    notifyDone(`${shown.address} removed. You can send to it again.`);
  };
  return (
    <ConfirmModal
      opened={entry !== null}
      onClose={onClose}
      title="Remove this address from the list?"
      confirmLabel="Remove address"
      onConfirm={work}
    >
      You can send to <b>{shown?.address}</b> again at once. {shown && warningOf(shown)}
    </ConfirmModal>
  );
}
