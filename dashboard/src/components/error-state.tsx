import { Button, Text } from '@mantine/core';
import IconAlertTriangle from '~icons/tabler/alert-triangle';
import { messageOf } from '../api/errors.ts';
import classes from './empty-state.module.css';

type ErrorStateProps = { readonly error: unknown; readonly onRetry?: () => void };

/** Shown where something failed to load: what the API says about it, and a way to try again. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  return (
    <div className={classes.state} role="alert">
      <span className={classes.icon} data-tone="bad">
        <IconAlertTriangle size={22} stroke={1.5} aria-hidden="true" />
      </span>
      <Text fw={600}>Couldn't load this</Text>
      <Text c="dimmed" size="sm" maw="34rem">
        {messageOf(error)}
      </Text>
      {onRetry && (
        <Button className={classes.action} variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
