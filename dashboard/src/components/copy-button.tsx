import { ActionIcon, Button, Tooltip, VisuallyHidden } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import IconCheck from '~icons/tabler/check';
import IconCopy from '~icons/tabler/copy';

type CopyButtonProps = {
  readonly value: string;
  /** What is copied, after the word "Copy": "the name of the record". */
  readonly name: string;
  /** Shows the words beside the icon. */
  readonly words?: boolean;
};

function labelOf(name: string, clipboard: { copied: boolean; error: Error | null }): string {
  if (clipboard.error) return 'Your browser blocked copying. Select the text instead.';
  return clipboard.copied ? 'Copied' : `Copy ${name}`;
}

/** Puts a value on the clipboard and says so, aloud too. */
export function CopyButton({ value, name, words = false }: CopyButtonProps) {
  const clipboard = useClipboard({ timeout: 2000 });
  const label = labelOf(name, clipboard);
  const Icon = clipboard.copied ? IconCheck : IconCopy;
  const icon = <Icon size={16} stroke={1.6} aria-hidden="true" />;
  const copy = () => clipboard.copy(value);
  const said = (
    <VisuallyHidden role="status">
      {clipboard.copied || clipboard.error ? label : ''}
    </VisuallyHidden>
  );
  if (words)
    return (
      <span>
        <Button variant="default" leftSection={icon} onClick={copy}>
          {label}
        </Button>
        {said}
      </span>
    );
  return (
    <span>
      <Tooltip label={label}>
        <ActionIcon variant="subtle" color="gray" aria-label={`Copy ${name}`} onClick={copy}>
          {icon}
        </ActionIcon>
      </Tooltip>
      {said}
    </span>
  );
}
