import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { WebhookEvent } from '../../components/event-words.ts';
import { FormError } from '../../components/form-error.tsx';
import { useEndpointWork } from './endpoint-work.ts';
import { type Endpoint, EVENTS } from './webhook-words.ts';

type FormProps = { readonly endpoint: Endpoint; readonly onClose: () => void };

const isEvent = (value: string | null): value is WebhookEvent =>
  EVENTS.some((event) => event.value === value);

function TestEventForm({ endpoint, onClose }: FormProps) {
  const [event, setEvent] = useState<WebhookEvent>('email.delivered');
  const navigate = useNavigate();
  const { test } = useEndpointWork(endpoint.id);
  const send = useMutation({
    mutationFn: () => test(event),
    onSuccess: ({ id }) => {
      onClose();
      void navigate(`/webhooks/${endpoint.id}?delivery=${encodeURIComponent(id)}`);
    },
  });
  return (
    <Stack>
      <Text size="sm">
        Sends a sample event to {endpoint.url}, signed and retried like every other event.
      </Text>
      <Select
        label="Event"
        data={EVENTS.map(({ value }) => value)}
        value={event}
        onChange={(value) => isEvent(value) && setEvent(value)}
        allowDeselect={false}
        data-autofocus
      />
      <FormError error={send.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={send.isPending} onClick={() => send.mutate()}>
          Send
        </Button>
      </Group>
    </Stack>
  );
}

/** Sends a test event and opens its delivery. */
export function TestEvent({ opened, ...form }: FormProps & { readonly opened: boolean }) {
  return (
    <Modal opened={opened} onClose={form.onClose} title="Send test event">
      <TestEventForm {...form} />
    </Modal>
  );
}
