import { Text, UnstyledButton } from '@mantine/core';
import { useNavigate } from 'react-router';
import IconLogout2 from '~icons/tabler/logout-2';
import { endSession, useSession } from '../auth/session.ts';
import { ColorSchemeSwitch } from './color-scheme-switch.tsx';
import classes from './user-menu.module.css';

/** Who is signed in, the colour scheme, and the way out. */
export function UserMenu() {
  const session = useSession();
  const navigate = useNavigate();
  const email = session.state === 'signed_in' ? session.email : '';
  const leave = async () => {
    await endSession();
    await navigate('/');
  };
  return (
    <div className={classes.menu}>
      <Text size="xs" c="dimmed" truncate title={email}>
        {email}
      </Text>
      <div className={classes.controls}>
        <ColorSchemeSwitch />
        <UnstyledButton className={classes.leave} onClick={() => void leave()}>
          <IconLogout2 size={16} aria-hidden="true" />
          Sign out
        </UnstyledButton>
      </div>
    </div>
  );
}
