import { Button, Skeleton } from '@mantine/core';
import { Link, useLocation, useParams } from 'react-router';
import IconMailX from '~icons/tabler/mail-x';
import type { Schema } from '../../api/client.ts';
import { isNotFound, messageOf } from '../../api/errors.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { EmailStatus } from '../../components/email-status.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { ContentPanel } from './content-panel.tsx';
import classes from './email-page.module.css';
import { Envelope } from './envelope.tsx';
import { Explanations } from './explanations.tsx';
import { Recipients } from './recipients.tsx';
import { Timeline } from './timeline.tsx';
import { useEmail } from './use-email.ts';

type Email = Schema<'Email'>;

/** The list with the filters that it had when the user opened this email, or else the whole list. */
function useBack() {
  const { search, state } = useLocation();
  const from: unknown =
    typeof state === 'object' && state !== null && 'list' in state ? state.list : undefined;
  return { to: `/emails${typeof from === 'string' ? from : search}`, label: 'Emails' };
}

function Facts({ email }: { email: Email }) {
  return (
    <div className={classes.facts}>
      <span role="status" aria-label="Status of the email">
        <EmailStatus status={email.status} />
      </span>
      {email.environment === 'test' && (
        <span className={classes.test}>Test email, not delivered</span>
      )}
      <span className={classes.id}>
        <code>{email.id}</code>
        <CopyButton value={email.id} name="the email ID" />
      </span>
    </div>
  );
}

function Loaded({ email }: { email: Email }) {
  return (
    <>
      <Explanations email={email} />
      <div className={classes.sheets}>
        <div>
          <Envelope email={email} />
        </div>
        <div>
          <Timeline email={email} />
        </div>
      </div>
      <div className={classes.stack}>
        <Recipients email={email} />
        <ContentPanel id={email.id} />
      </div>
    </>
  );
}

function NotThere({ error, to }: { error: unknown; to: string }) {
  return (
    <Panel>
      <EmptyState
        icon={IconMailX}
        title="There is no such email"
        action={
          <Button component={Link} to={to} variant="default">
            Go to Emails
          </Button>
        }
      >
        {messageOf(error)}
      </EmptyState>
    </Panel>
  );
}

function Waiting() {
  return (
    <div className={classes.sheets} role="status" aria-label="Loading the email">
      <Skeleton h={240} radius="lg" />
      <Skeleton h={240} radius="lg" />
    </div>
  );
}

function titleOf(email: Email | undefined, error: unknown): string {
  if (email) return email.subject || '(no subject)';
  return isNotFound(error) ? 'Email not found' : 'Email';
}

function OneEmail({ id }: { id: string }) {
  const { data: email, error, refetch } = useEmail(id);
  const back = useBack();
  const gone = !email && isNotFound(error);
  return (
    <>
      <PageHeader
        title={titleOf(email, error)}
        back={back}
        description={email && <Facts email={email} />}
      />
      {email && <Loaded email={email} />}
      {gone && <NotThere error={error} to={back.to} />}
      {!email && !gone && error && (
        <Panel>
          <ErrorState error={error} onRetry={() => void refetch()} />
        </Panel>
      )}
      {!email && !error && <Waiting />}
    </>
  );
}

/** One email: what happened to it, for each recipient, and what it says. */
export default function EmailPage() {
  const { id = '' } = useParams();
  return <OneEmail key={id} id={id} />;
}
