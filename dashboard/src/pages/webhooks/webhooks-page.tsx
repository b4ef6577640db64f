import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import IconPlus from '~icons/tabler/plus';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { AddEndpoint } from './add-endpoint.tsx';
import { EndpointsTable } from './endpoints-table.tsx';

/** The account's webhook endpoints. */
export default function WebhooksPage() {
  const [adding, { open, close }] = useDisclosure();
  const add = (
    <Button leftSection={<IconPlus size={16} stroke={1.8} aria-hidden="true" />} onClick={open}>
      Add endpoint
    </Button>
  );
  return (
    <>
      <PageHeader title="Webhooks" description="Send email events to your server." action={add} />
      <Panel flush>
        <EndpointsTable />
      </Panel>
      <AddEndpoint opened={adding} onClose={close} />
    </>
  );
}
