import { ActionIcon, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect } from 'react';
import { Link, useLocation } from 'react-router';
import IconMenu2 from '~icons/tabler/menu-2';
import { Wordmark } from '../components/wordmark.tsx';
import classes from './app-frame.module.css';
import { Navigation } from './navigation.tsx';
import { Notices } from './notices.tsx';
import { PageOutlet } from './page-outlet.tsx';
import { UserMenu } from './user-menu.tsx';

function Side({ onChoose }: { onChoose?: () => void }) {
  return (
    <div className={classes.side}>
      <Link to="/" className={classes.home} aria-label="Maillayer: Overview" onClick={onChoose}>
        <Wordmark />
      </Link>
      <Navigation onChoose={onChoose} />
      <UserMenu />
    </div>
  );
}

function SmallScreenBar() {
  const [opened, { open, close }] = useDisclosure();
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the drawer.
  useEffect(close, [pathname]);
  return (
    <header className={classes.bar}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label="Open menu"
        aria-haspopup="dialog"
        onClick={open}
      >
        <IconMenu2 size={20} aria-hidden="true" />
      </ActionIcon>
      <Link to="/" className={classes.home} aria-label="Maillayer: Overview">
        <Wordmark />
      </Link>
      <Drawer
        opened={opened}
        onClose={close}
        size={272}
        title="Menu"
        closeButtonProps={{ 'aria-label': 'Close menu' }}
        classNames={{ body: classes.drawer }}
      >
        <Side onChoose={close} />
      </Drawer>
    </header>
  );
}

/** The frame around every page of a signed-in user. */
export function AppFrame() {
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#main">
        Skip to content
      </a>
      <header className={classes.rail}>
        <Side />
      </header>
      <SmallScreenBar />
      <main id="main" tabIndex={-1} className={classes.main}>
        <div className={classes.page}>
          <Notices />
          <PageOutlet />
        </div>
      </main>
    </div>
  );
}
