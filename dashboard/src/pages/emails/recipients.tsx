import type { Schema } from '../../api/client.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmailStatus } from '../../components/email-status.tsx';
import { Panel } from '../../components/panel.tsx';
import { stateWords } from './words.ts';

type Email = Schema<'Email'>;
type Recipient = Email['recipients'][number];

function columnsOf(email: Email): readonly Column<Recipient>[] {
  return [
    { name: 'Recipient', width: '34%', cell: ({ address }) => address },
    { name: 'Status', width: '9rem', cell: ({ status }) => <EmailStatus status={status} /> },
    { name: 'Meaning', cell: (recipient) => stateWords(email, recipient) },
  ];
}

/** The status of each recipient. */
export function Recipients({ email }: { email: Email }) {
  const list = {
    items: email.recipients,
    error: null,
    hasMore: false,
    isLoadingMore: false,
    loadMore: () => undefined,
    retry: () => undefined,
  };
  return (
    <Panel flush title={email.recipients.length === 1 ? 'Recipient' : 'Recipients'}>
      <DataTable
        label="Recipients"
        list={list}
        columns={columnsOf(email)}
        keyOf={({ address }) => address}
        empty={null}
      />
    </Panel>
  );
}
