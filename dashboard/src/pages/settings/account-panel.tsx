import type { Schema } from '../../api/client.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Details } from '../../components/details.tsx';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import classes from './settings.module.css';

/** Name, owner and status of the account. */
export function AccountPanel({ account }: { account: Schema<'Account'> }) {
  const { id, name, owner, status, createdAt, operator } = account;
  return (
    <Panel title="Account">
      <Details
        items={[
          ['Name', name],
          ['Owner', owner ? (owner.email ?? 'Not verified yet') : null],
          ['Role', operator ? 'Operator of this service' : null],
          [
            'Account ID',
            <span key="id" className={classes.inline}>
              <code>{id}</code>
              <CopyButton value={id} name="the account ID" />
            </span>,
          ],
          [
            'Status',
            status === 'active' ? (
              <StatusBadge key="active" tone="good">
                Active
              </StatusBadge>
            ) : (
              <StatusBadge key="suspended" tone="bad">
                Suspended
              </StatusBadge>
            ),
          ],
          ['Created', <Moment key="created" at={createdAt} />],
        ]}
      />
    </Panel>
  );
}
