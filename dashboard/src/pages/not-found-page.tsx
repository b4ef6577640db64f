import { Button } from '@mantine/core';
import { Link } from 'react-router';
import IconMapOff from '~icons/tabler/map-off';
import { EmptyState } from '../components/empty-state.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Panel } from '../components/panel.tsx';

/** For addresses without a page. */
export default function NotFoundPage() {
  return (
    <>
      <PageHeader title="Page not found" />
      <Panel>
        <EmptyState
          icon={IconMapOff}
          title="There is nothing at this address"
          action={
            <Button component={Link} to="/">
              Go to Overview
            </Button>
          }
        >
          The link may be old, or the address may be mistyped.
        </EmptyState>
      </Panel>
    </>
  );
}
