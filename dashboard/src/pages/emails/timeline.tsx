import type { Schema } from '../../api/client.ts';
import { eventWords } from '../../components/event-words.ts';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import classes from './timeline.module.css';
import { isFinal } from './use-email.ts';

type Email = Schema<'Email'>;
type Event = Email['events'][number];

function Entry({ event, email }: { event: Event; email: Email }) {
  const [tone, words] = eventWords(event.type, email.environment);
  return (
    <li className={classes.entry} data-tone={tone}>
      <div className={classes.line}>
        <span className={classes.words}>{words}</span>
        <span className={classes.time}>
          <Moment at={event.timestamp} as="exact" />
        </span>
      </div>
      {event.recipient && email.recipients.length > 1 && (
        <div className={classes.more}>{event.recipient}</div>
      )}
      {event.message && <div className={classes.more}>{event.message}</div>}
    </li>
  );
}

/** Everything that happened to an email, oldest first. */
export function Timeline({ email }: { email: Email }) {
  const seen = new Map<string, number>();
  const keyOf = ({ type, recipient, timestamp }: Event) => {
    const key = `${type} ${recipient} ${timestamp}`;
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return `${key} ${times}`;
  };
  return (
    <Panel title="Timeline">
      <ol className={classes.timeline}>
        {email.events.map((event) => (
          <Entry key={keyOf(event)} event={event} email={email} />
        ))}
        {!isFinal(email) && (
          <li className={classes.entry} data-tone="open">
            <span className={classes.next}>Waiting for the next event</span>
          </li>
        )}
      </ol>
    </Panel>
  );
}
