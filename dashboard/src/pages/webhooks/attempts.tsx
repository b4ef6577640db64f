import { Text } from '@mantine/core';
import { CodeBlock } from '../../components/code-block.tsx';
import { Moment } from '../../components/moment.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import type { Delivery } from './webhook-words.ts';
import classes from './webhooks.module.css';

type Attempt = Delivery['attempts'][number];

/** As many as the API keeps. */
const KEPT = 20;

function durationInWords(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

function AttemptItem({ attempt, number }: { attempt: Attempt; number: number }) {
  const { at, status, durationMs, error, answer } = attempt;
  return (
    <li>
      <div className={classes.attempt}>
        <StatusBadge tone={error === null ? 'good' : 'bad'}>
          {status === null ? 'No response' : `Status ${status}`}
        </StatusBadge>
        <Moment at={at} as="exact" />
        <span className={classes.dimmed}>{durationInWords(durationMs)}</span>
      </div>
      {error !== null && <div>{error}</div>}
      {answer ? (
        <CodeBlock code={answer} name={`the response to attempt ${number}`} wrap />
      ) : (
        status !== null && <div className={classes.dimmed}>Empty response.</div>
      )}
    </li>
  );
}

/** The attempts of a delivery that we keep, the latest first. */
export function Attempts({ attempts }: Pick<Delivery, 'attempts'>) {
  if (attempts.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No attempts yet.
      </Text>
    );
  const numbered = attempts.map((attempt, index) => ({ attempt, number: index + 1 }));
  return (
    <>
      {attempts.length >= KEPT && (
        <Text size="sm" c="dimmed">
          We keep the latest {KEPT}.
        </Text>
      )}
      <ol className={classes.attempts}>
        {numbered.reverse().map(({ attempt, number }) => (
          <AttemptItem key={attempt.at} attempt={attempt} number={number} />
        ))}
      </ol>
    </>
  );
}
