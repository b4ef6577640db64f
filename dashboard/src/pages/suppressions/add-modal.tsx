import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client.ts';
import { FormError } from '../../components/form-error.tsx';
import { notifyDone } from '../../components/notify.ts';

type Values = { address: string; note: string };

/** Characters of a note; the API takes no more. */
const NOTE_LENGTH = 200;

async function add({ address, note }: Values) {
  const body = { address: address.trim(), ...(note.trim() && { detail: note.trim() }) };
  const call = await api.POST('/api/v1/suppressions', { body });
  return { entry: await unwrap(Promise.resolve(call)), isNew: call.response.status === 201 };
}

function AddForm({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const form = useForm<Values>({
    initialValues: { address: '', note: '' },
    validate: {
      address: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : 'Give a whole email address.'),
    },
  });
  const work = useMutation({
    mutationFn: add,
    onSuccess: ({ entry, isNew }) => {
      void client.invalidateQueries({ queryKey: ['suppressions'] });
      onClose();
      notifyDone(
        isNew
          ? `Nothing is sent to ${entry.address} any more.`
          : `${entry.address} was on the list already, and stays there.`,
      );
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => work.mutate(values))}>
      <Stack>
        <TextInput
          label="Address"
          placeholder="ada@example.com"
          description="From now on, a send to this address is refused."
          inputMode="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus
          {...form.getInputProps('address')}
        />
        <TextInput
          label="Note (optional)"
          placeholder="Asked for no more mail"
          maxLength={NOTE_LENGTH}
          autoComplete="off"
          {...form.getInputProps('note')}
        />
        <FormError error={work.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={work.isPending}>
            Add Address
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Puts an address on the list. */
export function AddModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add an address to the list">
      <AddForm onClose={onClose} />
    </Modal>
  );
}
