import { Button, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Schema } from '../../api/client.ts';
import { ProductionAccessModal } from './production-access-modal.tsx';

type Review = Schema<'Account'>['sending']['productionAccess'];

const WORDS: Readonly<Record<Review, string>> = {
  none: 'Outside the sandbox mail goes to everybody. AWS wants to know first who gets your mail; it usually answers within a day.',
  pending:
    'AWS has your request and is looking at it. It usually answers within a day, by mail to the owner of the AWS account.',
  denied:
    'AWS has denied the request. Its reason is in the AWS Support Center; ask again when you can answer it.',
  failed: 'AWS could not take the request. Ask once more.',
  granted: 'AWS has granted the request.',
};

/** Where the request to leave the sandbox stands, and the way to make it. */
export function ProductionAccess({ review }: { review: Review }) {
  const [opened, { open, close }] = useDisclosure();
  const canAsk = review !== 'pending' && review !== 'granted';
  return (
    <div>
      <Title order={3}>Production access</Title>
      <Text size="sm" c="dimmed" mb={canAsk ? 'sm' : 0} maw="42rem">
        {WORDS[review]}
      </Text>
      {canAsk && <Button onClick={open}>Ask for production access</Button>}
      <ProductionAccessModal opened={opened} onClose={close} />
    </div>
  );
}
