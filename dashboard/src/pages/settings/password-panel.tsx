import { updatePassword } from '@aws-amplify/auth';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { LEAST_PASSWORD_LENGTH } from '../../auth/password.ts';
import { signInMessage } from '../../auth/sign-in-error.ts';
import { Note } from '../../components/note.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Panel } from '../../components/panel.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import classes from './settings.module.css';

function changeError(error: Error): string {
  return error.name === 'NotAuthorizedException'
    ? 'The current password is wrong.'
    : signInMessage(error);
}

/** Changes the user's password. */
export function PasswordPanel() {
  const [current, setCurrent] = useState('');
  const [fresh, setFresh] = useState('');
  const change = useMutation({
    mutationFn: () => updatePassword({ oldPassword: current, newPassword: fresh }),
    onSuccess: () => {
      setCurrent('');
      setFresh('');
      notifyDone('Password changed.');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <Panel title="Password">
      <form className={classes.form} onSubmit={submit}>
        <PasswordField
          label="Current password"
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordField
          label="New password"
          autoComplete="new-password"
          minLength={LEAST_PASSWORD_LENGTH}
          value={fresh}
          onChange={(event) => setFresh(event.currentTarget.value)}
        />
        {change.error && (
          <Note tone="bad" role="alert">
            {changeError(change.error)}
          </Note>
        )}
        <Button type="submit" variant="default" loading={change.isPending}>
          Change password
        </Button>
      </form>
    </Panel>
  );
}
