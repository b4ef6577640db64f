import { Button, Group, Radio, Select, Stack, TextInput } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client.ts';
import { messageOf } from '../../api/errors.ts';
import { useEnvironment } from '../../components/environment.ts';
import { FormError } from '../../components/form-error.tsx';
import { type CreatedKey, ENVIRONMENTS, SCOPES } from './key-words.ts';
import { useAccountDomains } from './use-account-domains.ts';

type Values = {
  name: string;
  environment: 'live' | 'test';
  scope: 'send' | 'full';
  domain: string | null;
};

type FieldProps = { readonly form: UseFormReturnType<Values> };

type Option = { readonly value: string; readonly label: string; readonly description: string };

type ChoiceProps = FieldProps & {
  readonly field: 'environment' | 'scope';
  readonly label: string;
  readonly options: readonly Option[];
};

function Choice({ form, field, label, options }: ChoiceProps) {
  return (
    <Radio.Group label={label} {...form.getInputProps(field)}>
      <Stack gap="xs" mt={6}>
        {options.map((option) => (
          <Radio key={option.value} {...option} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function DomainField({ form }: FieldProps) {
  const { data, error, isPending } = useAccountDomains();
  return (
    <Select
      label="Domain"
      description="Restrict the key to one domain and its emails."
      placeholder={isPending ? 'Loading your domains…' : 'Any domain'}
      data={data?.map(({ name }) => name) ?? []}
      error={error && `Couldn't load your domains. ${messageOf(error)}`}
      nothingFoundMessage="No matching domain"
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'Clear the domain' }}
      {...form.getInputProps('domain')}
    />
  );
}

type CreateKeyFormProps = {
  readonly onCreated: (key: CreatedKey) => void;
  readonly onCancel: () => void;
};

/** Asks what a new key may do, and creates it. */
export function CreateKeyForm({ onCreated, onCancel }: CreateKeyFormProps) {
  const [environment] = useEnvironment();
  const form = useForm<Values>({
    initialValues: { name: '', environment, scope: 'send', domain: null },
    validate: { name: (name) => (name.trim() ? null : 'Enter a name.') },
  });
  const create = useMutation({
    mutationFn: (body: Values) => unwrap(api.POST('/api/v1/api-keys', { body })),
    onSuccess: onCreated,
  });
  const submit = (values: Values) => create.mutate({ ...values, name: values.name.trim() });
  return (
    <form noValidate onSubmit={form.onSubmit(submit)}>
      <Stack>
        <TextInput
          label="Name"
          description="Where you use the key, so that you can recognise it later."
          placeholder="Shop, server 1"
          maxLength={100}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Choice form={form} field="environment" label="Environment" options={ENVIRONMENTS} />
        <Choice form={form} field="scope" label="Scope" options={SCOPES} />
        <DomainField form={form} />
        <FormError error={create.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Create API Key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
