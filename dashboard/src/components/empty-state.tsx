import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Icon } from '../icon.ts';
import classes from './empty-state.module.css';

type EmptyStateProps = {
  readonly icon: Icon;
  /** What is not there: "No domains yet". */
  readonly title: string;
  /** A sentence on what would be here, and what to do. */
  readonly children: ReactNode;
  readonly action?: ReactNode;
};

/** Stands where a list has nothing to show. */
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
