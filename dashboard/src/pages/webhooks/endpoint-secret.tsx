import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CodeBlock } from '../../components/code-block.tsx';
import { SecretModal } from '../../components/secret-modal.tsx';
import { VERIFY_CODE } from './webhook-words.ts';

/** How a receiver checks that a request is from us. */
export function HowToVerify() {
  return (
    <Stack gap="xs">
      <Text size="sm">
        Every request is signed as Standard Webhooks specifies. In Node.js, verify it with the
        package <code>standardwebhooks</code>:
      </Text>
      <CodeBlock code={VERIFY_CODE} name="the code" />
    </Stack>
  );
}

type EndpointSecretProps = {
  /** The secret; the modal is open as long as there is one. */
  readonly secret: string | null;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** Shows a signing secret this one time, with how to use it. */
export function EndpointSecret({ secret, onClose, children }: EndpointSecretProps) {
  return (
    <SecretModal
      secret={secret}
      onClose={onClose}
      title="Your signing secret"
      name="the secret"
      after={<HowToVerify />}
    >
      {children}
    </SecretModal>
  );
}
