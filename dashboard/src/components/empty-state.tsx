import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Icon } from '../icon.ts';
import classes from './empty-state.module.css';

type EmptyStateProps = {
  readonly icon: Icon;
  /** What is missing: "No domains yet". */
  readonly title: string;
  /** What this place shows, and what to do, in a sentence. */
  readonly children: ReactNode;
  readonly action?: ReactNode;
};

/** Shown in place of a list that is empty. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className={classes.state}>
      <span className={classes.icon}>
        <Icon size={22} stroke={1.5} aria-hidden="true" />
      </span>
      <Title order={2}>{title}</Title>
      <Text c="dimmed" size="sm" maw="30rem">
        {children}
      </Text>
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
