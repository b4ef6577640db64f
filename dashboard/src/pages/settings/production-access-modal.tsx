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
      <Radio.Group label="What is mostly sent" {...form.getInputProps('mailType')}>
        <Stack gap="xs" mt="xs">
          <Radio value="TRANSACTIONAL" label="Transactional: each mail answers what somebody did" />
          <Radio value="MARKETING" label="Marketing: newsletters and offers" />
        </Stack>
      </Radio.Group>
      <TextInput
        label="Website"
        type="url"
        placeholder="https://shop.example"
        required
        withAsterisk={false}
        {...form.getInputProps('websiteUrl')}
      />
      <Textarea
        label="Use case"
        description="Who gets your mail, how they asked for it, and what you do about bounces and complaints."
        autosize
        minRows={5}
        maxRows={12}
        maxLength={MOST_CHARACTERS}
        required
        withAsterisk={false}
        {...form.getInputProps('useCaseDescription')}
      />
      <TextInput
        label="More addresses for the answer of AWS"
        description="At most four, with commas between them. The owner of the AWS account gets it anyway."
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
      notifyDone('AWS has your request.');
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
            Send the request to AWS
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type ProductionAccessModalProps = { readonly opened: boolean; readonly onClose: () => void };

/** What AWS asks before it lets a service out of the sandbox. */
export function ProductionAccessModal({ opened, onClose }: ProductionAccessModalProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Ask for production access" size="lg">
      <RequestForm onClose={onClose} />
    </Modal>
  );
}
