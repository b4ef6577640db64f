import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { FormError } from './form-error.tsx';

type ConfirmModalProps = {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** A question: "Revoke this key?" */
  readonly title: string;
  /** What will happen, in a sentence or two. */
  readonly children: ReactNode;
  /** The action in words, never "OK": "Revoke the key". */
  readonly confirmLabel: string;
  /** The work; when it throws, the modal stays open and says why. */
  readonly onConfirm: () => Promise<unknown>;
  /** Asks for this name to be typed before anything happens. */
  readonly name?: string;
};

type FormProps = Omit<ConfirmModalProps, 'opened' | 'title'>;

function ConfirmForm({ onClose, children, confirmLabel, onConfirm, name }: FormProps) {
  const [typed, setTyped] = useState('');
  const work = useMutation({ mutationFn: onConfirm, onSuccess: onClose });
  const ready = name === undefined || typed.trim() === name;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) work.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{children}</Text>
        {name !== undefined && (
          <TextInput
            label={
              <>
                Type <b>{name}</b> to confirm
              </>
            }
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            data-autofocus
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        <FormError error={work.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus={name === undefined}>
            Cancel
          </Button>
          <Button type="submit" color="red.8" disabled={!ready} loading={work.isPending}>
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Asks once before something that cannot be taken back; with `name`, that name has to be typed. */
export function ConfirmModal({ opened, title, ...form }: ConfirmModalProps) {
  return (
    <Modal opened={opened} onClose={form.onClose} title={title}>
      <ConfirmForm {...form} />
    </Modal>
  );
}
