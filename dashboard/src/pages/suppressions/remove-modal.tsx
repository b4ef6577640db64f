import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../api/client.ts';
import { isNotFound } from '../../api/errors.ts';
import { ConfirmModal } from '../../components/confirm-modal.tsx';
import { notifyDone } from '../../components/notify.ts';
import { inPath, type Suppression, warningOf } from './words.ts';

type RemoveModalProps = {
  /** Null while nothing is to be removed. */
  readonly entry: Suppression | null;
  readonly onClose: () => void;
};

async function remove(address: string): Promise<void> {
  const path = { address: inPath(address) };
  try {
    await unwrap(api.DELETE('/api/v1/suppressions/{address}', { params: { path } }));
  } catch (error) {
    // Somebody else was faster, or the entry has ended by itself: it is gone, as was wanted.
    if (!isNotFound(error)) throw error;
  }
}

/** Asks once, then takes an address off the list. */
export function RemoveModal({ entry, onClose }: RemoveModalProps) {
  const client = useQueryClient();
  // The words stay while the modal fades.
  const [last, setLast] = useState(entry);
  if (entry && entry !== last) setLast(entry);
  const shown = entry ?? last;
  const work = async () => {
    if (!shown) return;
    await remove(shown.address);
    await client.invalidateQueries({ queryKey: ['suppressions'] });
    notifyDone(`${shown.address} is off the list. Mail to it is accepted again.`);
  };
  return (
    <ConfirmModal
      opened={entry !== null}
      onClose={onClose}
      title="Remove this address from the list?"
      confirmLabel="Remove the address"
      onConfirm={work}
    >
      Mail to <b>{shown?.address}</b> is accepted again at once. {shown && warningOf(shown)}
    </ConfirmModal>
  );
}
