import { Checkbox, Radio, Stack, TextInput } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import type { WebhookEvent } from '../../components/event-words.ts';
import { EVENTS } from './webhook-words.ts';

/** The values of an endpoint's form. */
export type EndpointValues = {
  url: string;
  description: string;
  environment: 'live' | 'test';
  events: WebhookEvent[];
};

/** The form's state; the API checks the rest, and says what is wrong with a URL. */
export function useEndpointForm(initialValues: EndpointValues) {
  return useForm<EndpointValues>({
    initialValues,
    validate: {
      url: (url) => (url.trim() ? null : 'Enter the URL of your server.'),
      events: (events) => (events.length > 0 ? null : 'Choose at least one event.'),
    },
  });
}

type FieldsProps = { readonly form: UseFormReturnType<EndpointValues> };

/** Live or test; only a new endpoint can choose. */
export function EnvironmentField({ form }: FieldsProps) {
  return (
    <Radio.Group label="Environment" {...form.getInputProps('environment')}>
      <Stack gap="xs" mt={6}>
        <Radio value="live" label="Live" description="Receives events for live emails." />
        <Radio value="test" label="Test" description="Receives events for test emails." />
      </Stack>
    </Radio.Group>
  );
}

/** The URL that receives the events, and a note. */
export function UrlFields({ form }: FieldsProps) {
  return (
    <>
      <TextInput
        label="URL"
        description="We POST each event to it. Use an https URL on your own server that the internet can reach."
        placeholder="https://www.example.com/webhooks"
        type="url"
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        {...form.getInputProps('url')}
      />
      <TextInput
        label="Description"
        description="Optional note."
        maxLength={200}
        autoComplete="off"
        {...form.getInputProps('description')}
      />
    </>
  );
}

/** The events that the endpoint receives. */
export function EventsField({ form }: FieldsProps) {
  return (
    <Checkbox.Group label="Events" {...form.getInputProps('events')}>
      <Stack gap="xs" mt={6} mb={6}>
        {EVENTS.map((event) => (
          <Checkbox key={event.value} {...event} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
