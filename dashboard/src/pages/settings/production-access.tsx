import { Button, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Schema } from '../../api/client.ts';
import { ProductionAccessModal } from './production-access-modal.tsx';

type Review = Schema<'Account'>['sending']['productionAccess'];

const WORDS: Readonly<Record<Review, string>> = {
  none: 'With production access you can send to anyone. AWS reviews the request first, usually within a day.',
  pending:
    'AWS is reviewing your request. It usually answers within a day, by email to the owner of the AWS account.',
  denied:
    'AWS denied the request. Read the reason in the AWS Support Center, then request it again.',
  failed: 'The request did not reach AWS. Try again.',
  granted: 'AWS granted the request.',
};

/** The state of the request for production access, and the button to make it. */
export function ProductionAccess({ review }: { review: Review }) {
  const [opened, { open, close }] = useDisclosure();
  const canAsk = review !== 'pending' && review !== 'granted';
  return (
    <div>
      <Title order={3}>Production access</Title>
      <Text size="sm" c="dimmed" mb={canAsk ? 'sm' : 0} maw="42rem">
        {WORDS[review]}
      </Text>
      {canAsk && <Button onClick={open}>Request production access</Button>}
      <ProductionAccessModal opened={opened} onClose={close} />
    </div>
  );
}
