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
      description="A key of one domain sends from it only and sees its emails only."
      placeholder={isPending ? 'Reading your domains …' : 'Any domain of the account'}
      data={data?.map(({ name }) => name) ?? []}
      error={error && `Your domains could not be read. ${messageOf(error)}`}
      nothingFoundMessage="No such domain in your account"
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'Choose no domain' }}
      {...form.getInputProps('domain')}
    />
  );
}

type CreateKeyFormProps = {
  readonly onCreated: (key: CreatedKey) => void;
  readonly onCancel: () => void;
};

/** Asks what a new key is for, and creates it. */
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
          description="Where the key is used, so that you can recognise it later."
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
