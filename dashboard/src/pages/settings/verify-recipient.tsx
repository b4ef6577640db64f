import { Button, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '../../api/client.ts';
import { FormError } from '../../components/form-error.tsx';
import classes from './settings.module.css';

const MESSAGES = {
  pending:
    'Amazon SES sent it an email with a link. You can send to this address once the recipient clicks the link.',
  verified: 'Verified. You can send to it.',
  failed: 'The recipient did not click the link from Amazon SES in time. Verify the address again.',
} as const;

const ASK_AGAIN = 5000;

/** The state of the address that the user has just entered, until it is verified. */
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

/** Verifies an address: the sandbox delivers to verified addresses only. */
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
      <Title order={3}>Verify a recipient's address</Title>
      <Text size="sm" c="dimmed" mb="sm">
        Amazon SES sends an email with a link to it. Once the recipient clicks the link, you can
        send to this address even in the sandbox.
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
          Verify address
        </Button>
      </div>
      <FormError error={ask.error} />
      {ask.data && <Verification address={ask.data.address} />}
    </form>
  );
}
