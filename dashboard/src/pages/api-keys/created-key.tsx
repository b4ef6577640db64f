import { Stack, Text } from '@mantine/core';
import { useAccount } from '../../api/account.ts';
import { CodeBlock } from '../../components/code-block.tsx';
import { SecretModal } from '../../components/secret-modal.tsx';
import { type CreatedKey, firstCommand } from './key-words.ts';
import { useAccountDomains } from './use-account-domains.ts';

function Example({ created }: { created: CreatedKey }) {
  const { data: domains } = useAccountDomains();
  const { data: account } = useAccount();
  const bound = domains?.find(({ name }) => name === created.domain);
  const verified = domains?.filter(({ status }) => status === 'verified');
  const usable = created.domain ? bound?.status === 'verified' : verified?.length !== 0;
  const from = created.domain ?? verified?.[0]?.name ?? domains?.[0]?.name ?? 'example.com';
  const to = account?.owner?.email ?? 'you@example.com';
  return (
    <Stack gap="xs">
      <Text size="sm">Send your first email with it from a terminal:</Text>
      <CodeBlock code={firstCommand(created.key, { from, to })} name="the example" wrap />
      {domains && !usable && (
        <Text size="sm" c="dimmed">
          Requests fail until{' '}
          {domains.length === 0 ? 'you have a verified domain' : `${from} is verified`}. See
          Domains.
        </Text>
      )}
    </Stack>
  );
}

type CreatedKeyModalProps = {
  /** The new key; the modal is open as long as there is one. */
  readonly created: CreatedKey | null;
  readonly onClose: () => void;
};

/** Shows a new key this one time, with a command that uses it. */
export function CreatedKeyModal({ created, onClose }: CreatedKeyModalProps) {
  return (
    <SecretModal
      secret={created?.key ?? null}
      onClose={onClose}
      title="Your new API key"
      name="the key"
      after={created && <Example created={created} />}
    >
      Copy it now and store it safely. We do not show it again: if you lose it, revoke it and create
      another.
    </SecretModal>
  );
}
