import { Button, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import IconCheck from '~icons/tabler/check';
import type { Schema } from '../../api/client.ts';
import { CodeBlock } from '../../components/code-block.tsx';
import { Panel } from '../../components/panel.tsx';
import classes from './first-steps.module.css';
import { type Progress, useFirstSteps } from './first-steps-state.ts';

type Step = { readonly title: string; readonly done: boolean; readonly body: ReactNode };

/** The command that sends the first email: from the account's domain, to its owner. */
function curlCommand(domain: string, to: string): string {
  const body = { from: `hello@${domain}`, to, subject: 'It works', text: 'Sent with Maillayer.' };
  return `curl ${window.location.origin}/api/v1/emails \\
  -H "Authorization: Bearer YOUR_API_KEY" \\
  -d '${JSON.stringify(body)}'`;
}

function go(to: string, label: string): ReactNode {
  return (
    <Button component={Link} to={to} size="sm">
      {label}
    </Button>
  );
}

function stepsOf({ domain, hasKey }: Progress, to: string): Step[] {
  const page = domain ? `/domains/${encodeURIComponent(domain.name)}` : '/domains';
  return [
    {
      title: 'Add the domain that you send from',
      done: domain !== undefined,
      body: go('/domains', 'Add Domain'),
    },
    {
      title: 'Add its DNS records and verify',
      done: domain?.status === 'verified',
      body: go(page, 'View records'),
    },
    { title: 'Create an API key', done: hasKey, body: go('/api-keys', 'Create API Key') },
    {
      title: 'Send your first email',
      done: false,
      body: (
        <>
          <Text size="sm" c="dimmed" mb="xs">
            Replace YOUR_API_KEY with your key. The email appears under Emails at once.
          </Text>
          <CodeBlock code={curlCommand(domain?.name ?? 'example.com', to)} name="the command" />
        </>
      ),
    },
  ];
}

function StepItem({ step, number, current }: { step: Step; number: number; current: boolean }) {
  return (
    <li className={classes.step} data-done={step.done} aria-current={current ? 'step' : undefined}>
      <span className={classes.number} aria-hidden="true">
        {step.done ? <IconCheck size={15} stroke={2.4} /> : number}
      </span>
      <div className={classes.body}>
        <Text fw={550} component="h3" size="sm">
          {step.title}
          {step.done && <span className={classes.done}> – done</span>}
        </Text>
        {current && step.body}
      </div>
    </li>
  );
}

/** What a new account has to do to send its first email; nothing after that. */
export function FirstSteps({ account }: { account: Schema<'Account'> | undefined }) {
  const { data } = useFirstSteps(account);
  if (!account || !data) return null;
  const steps = stepsOf(data, account.owner?.email ?? 'you@example.com');
  const current = steps.findIndex(({ done }) => !done);
  return (
    <Panel title="Your first email" description="Four steps to your first email.">
      <ol className={classes.steps}>
        {steps.map((step, index) => (
          <StepItem key={step.title} step={step} number={index + 1} current={index === current} />
        ))}
      </ol>
    </Panel>
  );
}
