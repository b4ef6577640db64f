import { Button } from '@mantine/core';
import classes from './live-note.module.css';

type LiveNoteProps = {
  readonly isLive: boolean;
  readonly onBack: () => void;
};

/** Whether the list above updates automatically. */
export function LiveNote({ isLive, onBack }: LiveNoteProps) {
  if (isLive)
    return (
      <p className={classes.note} data-live="true">
        Updates automatically.
      </p>
    );
  return (
    <p className={classes.note}>
      Live updates are paused while you view older emails.
      <Button variant="subtle" size="compact-sm" onClick={onBack}>
        Back to newest
      </Button>
    </p>
  );
}
