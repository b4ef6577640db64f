import type { ReactNode } from 'react';
import IconAlertTriangle from '~icons/tabler/alert-triangle';
import IconInfoCircle from '~icons/tabler/info-circle';
import classes from './note.module.css';

type NoteProps = {
  readonly tone: 'waiting' | 'warning' | 'bad';
  readonly title?: string;
  /** `alert` is read out at once, `status` when the reader pauses. */
  readonly role?: 'alert' | 'status';
  readonly children: ReactNode;
};

/** A few sentences that stand out from the text around them. */
export function Note({ tone, title, role, children }: NoteProps) {
  const Icon = tone === 'waiting' ? IconInfoCircle : IconAlertTriangle;
  return (
    <div className={classes.note} data-tone={tone} role={role}>
      <Icon size={18} stroke={1.7} aria-hidden="true" />
      <div>
        {title && <strong>{title}</strong>}
        <div>{children}</div>
      </div>
    </div>
  );
}
