import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CodeBlock } from './code-block.tsx';
import { CopyButton } from './copy-button.tsx';
import { focusHeading } from './focus.ts';

type SecretModalProps = {
  /** The secret; the modal is open as long as there is one. */
  readonly secret: string | null;
  readonly onClose: () => void;
  /** "Your API key" */
  readonly title: string;
  /** What it is called in the copy button: "the key". */
  readonly name: string;
  /** How to store it, in a sentence, and whatever else helps now. */
  readonly children: ReactNode;
  /** What helps to use it, under the secret. */
  readonly after?: ReactNode;
};

/** Shows a secret this one time; only its own button closes it, so that no stray click loses the secret. */
export function SecretModal({ secret, onClose, title, name, children, after }: SecretModalProps) {
  // It follows another dialog, so there is nothing left to give the focus back to.
  const close = () => {
    onClose();
    focusHeading();
  };
  return (
    <Modal
      opened={secret !== null}
      onClose={close}
      title={title}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack>
        <Text size="sm">{children}</Text>
        <CodeBlock code={secret ?? ''} name={name} wrap />
        {after}
        <Group justify="flex-end">
          <CopyButton value={secret ?? ''} name={name} words />
          <Button onClick={close}>Done, I've saved it</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
