import { Button, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '../../api/client.ts';
import { FormError } from '../../components/form-error.tsx';
import classes from './settings.module.css';

const MESSAGES = {
  pending: 'Amazon SES has mailed a link to it. The address works once the link is clicked.',
  verified: 'It is verified and can get mail.',
  failed: 'The link in the mail of Amazon SES was not followed in time. Verify it once more.',
} as const;

const ASK_AGAIN = 5000;

/** The state of an address that was just asked for, followed until it is verified. */
function Verification({ address }: { address: string }) {
  const { data, error } = useQuery({
    queryKey: ['sending', 'recipients', address],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/sending/recipients/{address}', { params: { path: { address } }, signal }),
      ),
    refetchInterval: (query) => (query.state.data?.status === 'pending' ? ASK_AGAIN : false),
  });
  if (error) return <FormError error={error} />;
  return (
    <Text size="sm" role="status">
      {data && (
        <>
          <b>{data.address}</b>: {MESSAGES[data.status]}
        </>
      )}
    </Text>
  );
}

/** In the sandbox mail goes to verified addresses only: has one verified. */
export function VerifyRecipient() {
  const [address, setAddress] = useState('');
  const ask = useMutation({
    mutationFn: (body: { address: string }) =>
      unwrap(api.POST('/api/v1/sending/recipients', { body })),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate({ address: address.trim() });
  };
  return (
    <form onSubmit={submit}>
      <Title order={3}>Verify the address of a recipient</Title>
      <Text size="sm" c="dimmed" mb="sm">
        Amazon SES mails a link to it. Once it was followed, mail to this address goes out even from
        the sandbox.
      </Text>
      <div className={classes.beside}>
        <TextInput
          label="Address"
          type="email"
          required
          withAsterisk={false}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={ask.isPending}>
          Verify the address
        </Button>
      </div>
      <FormError error={ask.error} />
      {ask.data && <Verification address={ask.data.address} />}
    </form>
  );
}
