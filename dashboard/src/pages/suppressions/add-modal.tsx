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
      address: (value) =>
        /^\S+@\S+$/.test(value.trim()) ? null : 'Enter a full address, such as ada@example.com.',
    },
  });
  const work = useMutation({
    mutationFn: add,
    onSuccess: ({ entry, isNew }) => {
      void client.invalidateQueries({ queryKey: ['suppressions'] });
      onClose();
      notifyDone(
        isNew ? `${entry.address} is suppressed.` : `${entry.address} was already suppressed.`,
      );
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => work.mutate(values))}>
      <Stack>
        <TextInput
          label="Address"
          placeholder="ada@example.com"
          description="From now on, the API rejects emails to this address."
          inputMode="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus
          {...form.getInputProps('address')}
        />
        <TextInput
          label="Note (optional)"
          placeholder="Unsubscribed"
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
            Add address
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Adds an address to the list. */
export function AddModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add address">
      <AddForm onClose={onClose} />
    </Modal>
  );
}
