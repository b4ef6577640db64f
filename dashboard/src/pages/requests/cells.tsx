import type { Schema } from '../../api/client.ts';
import { StatusBadge, type Tone } from '../../components/status-badge.tsx';
import classes from './requests-page.module.css';

type Request = Schema<'RefusedRequest'>;

function toneOf(status: number): Tone {
  if (status >= 500) return 'bad';
  return status === 429 ? 'waiting' : 'warning';
}

/** The error, and the call that got it. */
export function Refusal({ request }: { request: Request }) {
  const { status, error, message, route } = request;
  return (
    <div className={classes.refusal}>
      <div className={classes.kind}>
        <StatusBadge tone={toneOf(status)}>{String(status)}</StatusBadge>
        <span>{error}</span>
        <code className={classes.call}>{route}</code>
      </div>
      <div className={classes.message}>{message}</div>
    </div>
  );
}

/** The key that made the call. */
export function Sender({ request: { key } }: { request: Request }) {
  return (
    <div className={classes.key}>
      <div>{key.name}</div>
      <div className={classes.quiet}>
        {key.environment === 'live' ? 'Live' : 'Test'}{' '}
        <span className={classes.code}>…{key.last4}</span>
      </div>
    </div>
  );
}

/** The recipients' domains; nothing for a call that sent no email. */
export function Domains({ domains }: { domains: readonly string[] }) {
  if (domains.length === 0) return null;
  return (
    <div className={classes.key}>
      {domains.map((domain) => (
        <div key={domain}>{domain}</div>
      ))}
    </div>
  );
}
