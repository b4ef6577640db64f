import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../api/client.ts';
import { useEnvironment } from '../../components/environment.ts';
import { FormError } from '../../components/form-error.tsx';
import {
  type EndpointValues,
  EnvironmentField,
  EventsField,
  UrlFields,
  useEndpointForm,
} from './endpoint-fields.tsx';
import { EndpointSecret } from './endpoint-secret.tsx';
import { useEndpointsChanged } from './endpoint-work.ts';
import { USUAL_EVENTS } from './webhook-words.ts';

type FormProps = {
  readonly onAdded: (secret: string) => void;
  readonly onCancel: () => void;
};

function addEndpoint({ url, description, ...rest }: EndpointValues) {
  const note = description.trim() || null;
  const body = { ...rest, url: url.trim(), description: note };
  return unwrap(api.POST('/api/v1/webhooks', { body }));
}

function AddEndpointForm({ onAdded, onCancel }: FormProps) {
  const [environment] = useEnvironment();
  const events = [...USUAL_EVENTS];
  const form = useEndpointForm({ url: '', description: '', environment, events });
  const changed = useEndpointsChanged();
  const add = useMutation({
    mutationFn: addEndpoint,
    onSuccess: ({ secret }) => {
      changed();
      onAdded(secret);
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => add.mutate(values))}>
      <Stack>
        <UrlFields form={form} />
        <EnvironmentField form={form} />
        <EventsField form={form} />
        <FormError error={add.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending}>
            Add endpoint
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type AddEndpointProps = { readonly opened: boolean; readonly onClose: () => void };

/** Asks where to send events, adds the endpoint, and shows its secret this one time. */
export function AddEndpoint({ opened, onClose }: AddEndpointProps) {
  const [secret, setSecret] = useState<string | null>(null);
  const added = (text: string) => {
    onClose();
    setSecret(text);
  };
  return (
    <>
      <Modal opened={opened} onClose={onClose} title="Add endpoint">
        <AddEndpointForm onAdded={added} onCancel={onClose} />
      </Modal>
      <EndpointSecret secret={secret} onClose={() => setSecret(null)}>
        Copy it now and store it safely on your server, which needs it to check that events come
        from us. We do not show it again: if you lose it, rotate it.
      </EndpointSecret>
    </>
  );
}
