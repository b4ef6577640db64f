import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { ACCOUNT_KEY } from '../../api/account.ts';
import { api, unwrap } from '../../api/client.ts';
import { FormError } from '../../components/form-error.tsx';
import { useDomainPath } from './domain-path.ts';

function useAddDomain() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const pathOf = useDomainPath();
  return useMutation({
    mutationFn: (name: string) => unwrap(api.POST('/api/v1/domains', { body: { name } })),
    onSuccess: (domain) => {
      queryClient.setQueryData(['domains', domain.name], domain);
      void queryClient.invalidateQueries({ queryKey: ['domains'], exact: true });
      void queryClient.invalidateQueries({ queryKey: ACCOUNT_KEY });
      void navigate(pathOf(domain.name));
    },
  });
}

function AddDomainForm({ onClose }: { onClose: () => void }) {
  const add = useAddDomain();
  const form = useForm({
    initialValues: { name: '' },
    validate: { name: (name) => (name.trim() ? null : 'Enter a domain, such as example.com.') },
  });
  return (
    <form noValidate onSubmit={form.onSubmit(({ name }) => add.mutate(name.trim()))}>
      <Stack>
        <TextInput
          label="Domain"
          description="The part after the @ in your From addresses. Add subdomains separately."
          placeholder="example.com"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          inputMode="url"
          data-autofocus
          {...form.getInputProps('name')}
        />
        <FormError error={add.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending}>
            Add Domain
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type AddDomainModalProps = { readonly opened: boolean; readonly onClose: () => void };

/** Asks for a name, adds the domain and opens its page, which shows the records. */
export function AddDomainModal({ opened, onClose }: AddDomainModalProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add Domain">
      <AddDomainForm onClose={onClose} />
    </Modal>
  );
}
