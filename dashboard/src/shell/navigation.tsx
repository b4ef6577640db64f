import { NavLink, useSearchParams } from 'react-router';
import IconAdjustmentsHorizontal from '~icons/tabler/adjustments-horizontal';
import IconArrowsExchange from '~icons/tabler/arrows-exchange';
import IconChartBar from '~icons/tabler/chart-bar';
import IconKey from '~icons/tabler/key';
import IconMail from '~icons/tabler/mail';
import IconMailOff from '~icons/tabler/mail-off';
import IconWebhook from '~icons/tabler/webhook';
import IconWorld from '~icons/tabler/world';
import classes from './navigation.module.css';

const GROUPS = [
  [
    { to: '/', label: 'Overview', icon: IconChartBar },
    { to: '/emails', label: 'Emails', icon: IconMail },
  ],
  [
    { to: '/domains', label: 'Domains', icon: IconWorld },
    { to: '/api-keys', label: 'API Keys', icon: IconKey },
    { to: '/webhooks', label: 'Webhooks', icon: IconWebhook },
  ],
  [
    { to: '/suppressions', label: 'Suppressions', icon: IconMailOff },
    { to: '/requests', label: 'Requests', icon: IconArrowsExchange },
  ],
  [{ to: '/settings', label: 'Settings', icon: IconAdjustmentsHorizontal }],
] as const;

/** The pages of the dashboard; the chosen environment goes along. */
export function Navigation({ onChoose }: { onChoose?: () => void }) {
  const [search] = useSearchParams();
  const environment = search.get('environment');
  const query = environment ? `?environment=${environment}` : '';
  return (
    <nav aria-label="Pages" className={classes.navigation}>
      {GROUPS.map((group) => (
        <ul key={group[0].to}>
          {group.map(({ to, label, icon: Icon }) => (
            <li key={to}>
              <NavLink
                to={`${to}${query}`}
                end={to === '/'}
                className={classes.link}
                onClick={onChoose}
              >
                <Icon size={18} stroke={1.6} aria-hidden="true" />
                {label}
              </NavLink>
            </li>
          ))}
        </ul>
      ))}
    </nav>
  );
}
