import { Button, Group, Modal, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ACCOUNT_KEY } from '../../api/account.ts';
import { api, type Schema, unwrap } from '../../api/client.ts';
import { FormError } from '../../components/form-error.tsx';
import { notifyDone } from '../../components/notify.ts';

const MOST_CHARACTERS = 5000;

type Values = {
  mailType: Schema<'ProductionAccessRequest'>['mailType'];
  websiteUrl: string;
  useCaseDescription: string;
  contacts: string;
};

const initialValues: Values = {
  mailType: 'TRANSACTIONAL',
  websiteUrl: '',
  useCaseDescription: '',
  contacts: '',
};

function requestOf({ contacts, ...rest }: Values): Schema<'ProductionAccessRequest'> {
  const additionalContactEmails = contacts.split(/[\s,;]+/).filter(Boolean);
  return { ...rest, ...(additionalContactEmails.length > 0 && { additionalContactEmails }) };
}

type FieldsProps = { readonly form: ReturnType<typeof useForm<Values>> };

function Fields({ form }: FieldsProps) {
  return (
    <>
      <Radio.Group label="What you mostly send" {...form.getInputProps('mailType')}>
        <Stack gap="xs" mt="xs">
          <Radio
            value="TRANSACTIONAL"
            label="Transactional: each email responds to something the recipient did"
          />
          <Radio value="MARKETING" label="Marketing: newsletters and offers" />
        </Stack>
      </Radio.Group>
      <TextInput
        label="Website"
        type="url"
        placeholder="https://www.example.com"
        required
        withAsterisk={false}
        {...form.getInputProps('websiteUrl')}
      />
      <Textarea
        label="Use case"
        description="Who gets your emails, how they asked for them, and what you do about bounces and complaints."
        autosize
        minRows={5}
        maxRows={12}
        maxLength={MOST_CHARACTERS}
        required
        withAsterisk={false}
        {...form.getInputProps('useCaseDescription')}
      />
      <TextInput
        label="Also notify"
        description="At most four addresses, separated by commas. AWS notifies the owner of the AWS account anyway."
        {...form.getInputProps('contacts')}
      />
    </>
  );
}

function RequestForm({ onClose }: { onClose: () => void }) {
  const form = useForm<Values>({ initialValues });
  const queryClient = useQueryClient();
  const ask = useMutation({
    mutationFn: (values: Values) =>
      unwrap(api.POST('/api/v1/sending/production-access', { body: requestOf(values) })),
    onSuccess: () => {
      notifyDone('Request sent to AWS.');
      onClose();
      return queryClient.invalidateQueries({ queryKey: ACCOUNT_KEY });
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => ask.mutate(values))}>
      <Stack>
        <Fields form={form} />
        <FormError error={ask.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={ask.isPending}>
            Send request to AWS
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type ProductionAccessModalProps = { readonly opened: boolean; readonly onClose: () => void };

/** What AWS wants to know before it grants production access. */
export function ProductionAccessModal({ opened, onClose }: ProductionAccessModalProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Request production access" size="lg">
      <RequestForm onClose={onClose} />
    </Modal>
  );
}
