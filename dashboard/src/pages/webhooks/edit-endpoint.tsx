import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { FormError } from '../../components/form-error.tsx';
import { notifyDone } from '../../components/notify.ts';
import {
  type EndpointValues,
  EventsField,
  UrlFields,
  useEndpointForm,
} from './endpoint-fields.tsx';
import { useEndpointWork } from './endpoint-work.ts';
import type { Endpoint } from './webhook-words.ts';

type FormProps = { readonly endpoint: Endpoint; readonly onClose: () => void };

function EditEndpointForm({ endpoint, onClose }: FormProps) {
  const { url, environment, events, description } = endpoint;
  const form = useEndpointForm({ url, environment, events, description: description ?? '' });
  const { change } = useEndpointWork(endpoint.id);
  const save = useMutation({
    mutationFn: (values: EndpointValues) =>
      change({
        url: values.url.trim(),
        events: values.events,
        description: values.description.trim() || null,
      }),
    onSuccess: () => {
      onClose();
      notifyDone('Endpoint saved.');
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack>
        <UrlFields form={form} />
        <EventsField form={form} />
        <FormError error={save.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Changes the URL, the events and the description of an endpoint. */
export function EditEndpoint({ opened, ...form }: FormProps & { readonly opened: boolean }) {
  return (
    <Modal opened={opened} onClose={form.onClose} title="Edit endpoint">
      <EditEndpointForm {...form} />
    </Modal>
  );
}
