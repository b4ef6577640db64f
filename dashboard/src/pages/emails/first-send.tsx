import { Button } from '@mantine/core';
import { Link } from 'react-router';
import IconMailForward from '~icons/tabler/mail-forward';
import { CodeBlock } from '../../components/code-block.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import type { Environment } from '../../components/environment.ts';
import classes from './first-send.module.css';

function commandOf(environment: Environment): string {
  const to = environment === 'test' ? 'delivered@example.com' : 'ada@example.com';
  return `curl ${window.location.origin}/api/v1/emails \\
  -H "Authorization: Bearer ml_${environment}_…" \\
  -H "Content-Type: application/json" \\
  -d '{
    "from": "hello@your-domain.com",
    "to": "${to}",
    "subject": "Hello",
    "text": "It works."
  }'`;
}

const WORDS = {
  live: 'Verify a domain, create a live key, then send your first email with this command. It appears here at once.',
  test: 'Create a test key, then send a test email with this command. We deliver nothing and simulate the outcome. Send to bounced@, complained@ or delayed@ to simulate those.',
} as const;

/** Shown while there are no emails at all: how to send the first one. */
export function FirstSend({ environment }: { environment: Environment }) {
  return (
    <EmptyState
      icon={IconMailForward}
      title={environment === 'test' ? 'No test emails yet' : 'No emails yet'}
      action={
        <div className={classes.steps}>
          <CodeBlock code={commandOf(environment)} name="the command" />
          <div className={classes.buttons}>
            <Button component={Link} to={`/api-keys?environment=${environment}`}>
              Create API Key
            </Button>
            <Button component={Link} to="/domains" variant="default">
              Add Domain
            </Button>
          </div>
        </div>
      }
    >
      {WORDS[environment]}
    </EmptyState>
  );
}
