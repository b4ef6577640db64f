import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './panel.module.css';

type PanelProps = {
  /** Second-level heading; a panel without one is a plain sheet. */
  readonly title?: string;
  readonly description?: ReactNode;
  readonly action?: ReactNode;
  /** Lets a table reach the edges of the sheet. */
  readonly flush?: boolean;
  readonly children?: ReactNode;
};

/** A sheet of paper on the page: one subject with its heading. */
export function Panel({ title, description, action, flush = false, children }: PanelProps) {
  const id = useId();
  return (
    <section className={classes.panel} aria-labelledby={title ? id : undefined} data-flush={flush}>
      {title && (
        <div className={classes.head}>
          <div>
            <Title order={2} id={id}>
              {title}
            </Title>
            {description && <div className={classes.description}>{description}</div>}
          </div>
          {action}
        </div>
      )}
      {children}
    </section>
  );
}
