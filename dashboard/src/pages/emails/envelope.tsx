import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Schema } from '../../api/client.ts';
import { Details } from '../../components/details.tsx';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import classes from './envelope.module.css';

type Email = Schema<'Email'>;

function addresses(written: string | string[] | null): ReactNode {
  const all = [written ?? []].flat();
  if (all.length === 0) return null;
  const entries = all.map((each, place) => ({ each, key: `${place} ${each}` }));
  return (
    <ul className={classes.list}>
      {entries.map(({ each, key }) => (
        <li key={key}>{each}</li>
      ))}
    </ul>
  );
}

function tagLinks({ tags, environment }: Email): ReactNode {
  if (tags.length === 0) return null;
  return (
    <ul className={classes.tags}>
      {[...new Set(tags)].map((tag) => {
        const query = new URLSearchParams({
          tag,
          ...(environment === 'test' && { environment }),
        });
        return (
          <li key={tag}>
            <Link to={`/emails?${query}`} aria-label={`Emails with the tag ${tag}`}>
              {tag}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** Sender, recipients and tags. */
export function Envelope({ email }: { email: Email }) {
  return (
    <Panel title="Details">
      <div className={classes.envelope}>
        <Details
          items={[
            ['From', email.from],
            ['To', addresses(email.to)],
            ['Cc', addresses(email.cc)],
            ['Bcc', addresses(email.bcc)],
            ['Reply-To', addresses(email.replyTo)],
            ['Tags', tagLinks(email)],
            ['Accepted', <Moment key="accepted" at={email.createdAt} as="exact" />],
          ]}
        />
      </div>
    </Panel>
  );
}
