import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import type { Schema } from '../../api/client.ts';
import { isHard } from '../../components/event-words.ts';
import { Note } from '../../components/note.tsx';
import classes from './explanations.module.css';
import { domainOf, lastMessage, returnedTitle, stateWords } from './words.ts';

type Email = Schema<'Email'>;

/** The page that helps to fix a failure, by its code. */
function remedyOf(email: Email): readonly [to: string, words: string] | null {
  const { failure, from } = email;
  switch (failure?.code) {
    case 'recipient_suppressed':
      return ['/suppressions', 'View suppressions'];
    case 'domain_not_verified':
      return [`/domains/${encodeURIComponent(domainOf(from))}`, `View ${domainOf(from)}`];
    case 'sandbox':
      return ['/settings', 'See how to leave the sandbox'];
    default:
      return null;
  }
}

function Failure({ email }: { email: Email }) {
  if (!email.failure) return null;
  const remedy = remedyOf(email);
  const whole = email.recipients.every(({ status }) => status === 'failed');
  return (
    <Note
      tone="bad"
      title={whole ? 'This email was not sent' : 'This email failed for some recipients'}
    >
      {email.failure.message}{' '}
      {remedy && (
        <Anchor component={Link} to={remedy[0]} inherit underline="always">
          {remedy[1]}
        </Anchor>
      )}
    </Note>
  );
}

/** Why the email has not been sent yet: the account cannot send, or an attempt failed. */
function Waiting({ email }: { email: Email }) {
  if (email.status !== 'queued' && email.status !== 'sending') return null;
  const waiting = lastMessage(email, 'waiting');
  if (waiting)
    return (
      <Note tone="warning" title="This email is waiting">
        {waiting} It will be sent automatically once sending resumes.
      </Note>
    );
  const deferred = lastMessage(email, 'deferred');
  if (!deferred) return null;
  return (
    <Note tone="warning" title="Temporary failure, retrying">
      {deferred} There is no need to resend it.
    </Note>
  );
}

function Delayed({ email }: { email: Email }) {
  if (email.status !== 'delivery_delayed') return null;
  return (
    <Note tone="warning" title="Delivery delayed">
      The recipient's mail server does not accept the email yet. Amazon SES keeps retrying.{' '}
      {lastMessage(email, 'delivery_delayed')}
    </Note>
  );
}

/** Whom it did not reach, or who marked it as spam. */
function Returned({ email, status }: { email: Email; status: 'bounced' | 'complained' }) {
  const returned = email.recipients.filter((each) => each.status === status);
  const [first] = returned;
  if (!first) return null;
  const listed =
    email.environment === 'live' && (status === 'complained' || isHard(first.bounceType));
  return (
    <Note tone="bad" title={returnedTitle(email, returned.length, status)}>
      {returned.length === 1 && email.recipients.length > 1 && `${first.address}: `}
      {returned.length === 1 ? stateWords(email, first) : 'See Recipients below for the reasons.'}{' '}
      {listed && (
        <Anchor
          component={Link}
          to={`/suppressions?${new URLSearchParams({ address: first.address })}`}
          inherit
          underline="always"
        >
          View suppression
        </Anchor>
      )}
    </Note>
  );
}

function Duplicate({ email }: { email: Email }) {
  if (!email.possibleDuplicate) return null;
  if (email.status === 'failed')
    return (
      <Note tone="warning" title="It may still have been sent">
        Amazon SES did not answer some attempts, so we do not know whether one of them was sent. If
        you send it again, a recipient may get it twice.
      </Note>
    );
  return (
    <Note tone="warning" title="It may have arrived twice">
      Amazon SES did not answer one attempt, so we do not know whether that one was sent. We tried
      again to make sure that the email arrives: a recipient may get one copy or two.
    </Note>
  );
}

/** What a reader has to know first, in words. */
export function Explanations({ email }: { email: Email }) {
  return (
    <div className={classes.explanations}>
      <Failure email={email} />
      <Returned email={email} status="bounced" />
      <Returned email={email} status="complained" />
      <Waiting email={email} />
      <Delayed email={email} />
      <Duplicate email={email} />
    </div>
  );
}
