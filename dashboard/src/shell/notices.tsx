import { Link, useLocation } from 'react-router';
import IconAlertTriangle from '~icons/tabler/alert-triangle';
import { useAccount } from '../api/account.ts';
import type { Schema } from '../api/client.ts';
import { placeOf } from './notice-places.ts';
import classes from './notices.module.css';

type Notice = Schema<'Account'>['notices'][number];

function NoticeBanner({ notice }: { notice: Notice }) {
  const { pathname } = useLocation();
  const place = placeOf(notice);
  return (
    <li className={classes.notice}>
      <IconAlertTriangle size={18} stroke={1.7} aria-hidden="true" />
      <span>{notice.message}</span>
      {decodeURIComponent(pathname) !== decodeURIComponent(place.to) && (
        <Link to={place.to}>{place.label}</Link>
      )}
    </li>
  );
}

/** What the account's owner has to fix, on every page until it is fixed. */
export function Notices() {
  const { data } = useAccount();
  if (!data?.notices.length) return null;
  return (
    <section aria-label="Notices">
      <ul className={classes.notices}>
        {data.notices.map((notice) => (
          <NoticeBanner key={`${notice.kind} ${notice.about}`} notice={notice} />
        ))}
      </ul>
    </section>
  );
}
