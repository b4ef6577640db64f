import { Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import IconArrowLeft from '~icons/tabler/arrow-left';
import { EnvironmentSwitch } from './environment-switch.tsx';
import classes from './page-header.module.css';

type PageHeaderProps = {
  /** Heading of the page and, with our name, title of the document. */
  readonly title: string;
  /** What the heading shows when it is more than text; `title` still names the document. */
  readonly heading?: ReactNode;
  /** One sentence under the heading, or anything that belongs to it, such as a status. */
  readonly description?: ReactNode;
  /** The page's main action or actions, at the right. */
  readonly action?: ReactNode;
  /** The list that this page belongs to. */
  readonly back?: { readonly to: string; readonly label: string };
  /** Shows the switch between live and test. */
  readonly environment?: boolean;
};

let firstPage = true;

/** Moves the focus to the heading of a page that was navigated to, so that readers start there. */
function useArrival(title: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Maillayer`;
  }, [title]);
  useEffect(() => {
    if (!firstPage) heading.current?.focus({ preventScroll: true });
    if (!firstPage) window.scrollTo(0, 0);
    firstPage = false;
  }, []);
  return heading;
}

/** Top of every page: its only first-level heading. */
export function PageHeader(props: PageHeaderProps) {
  const { title, heading, description, action, back, environment } = props;
  const ref = useArrival(title);
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {back && (
          <Link to={back.to} className={classes.back}>
            <IconArrowLeft size={15} aria-hidden="true" />
            {back.label}
          </Link>
        )}
        <Title order={1} ref={ref} tabIndex={-1} className={classes.title}>
          {heading ?? title}
        </Title>
        {description && (
          <Text component="div" c="dimmed" size="sm" maw="42rem">
            {description}
          </Text>
        )}
      </div>
      <div className={classes.actions}>
        {environment && <EnvironmentSwitch />}
        {action}
      </div>
    </header>
  );
}
