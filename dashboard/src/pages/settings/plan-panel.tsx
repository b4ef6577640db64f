import type { Schema } from '../../api/client.ts';
import { Details } from '../../components/details.tsx';
import { Panel } from '../../components/panel.tsx';
import { UsageMeter } from '../../components/usage-meter.tsx';
import { perSecond } from './per-second.ts';
import classes from './settings.module.css';

const MONTH = new Intl.DateTimeFormat(undefined, {
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `2026-11` in words. */
function monthName(month: string): string {
  return MONTH.format(new Date(`${month}-01`));
}

function count(limit: number | null, unit: string): string {
  return limit === null ? `Unlimited ${unit}` : `${limit.toLocaleString()} ${unit}`;
}

/** What the plan allows, and how much of it the account used this month and before. */
export function PlanPanel({ account: { plan, usage, domains } }: { account: Schema<'Account'> }) {
  const [now, ...before] = usage;
  return (
    <Panel
      title="Plan and usage"
      description={`${plan.name} plan. Months are in UTC. An email to three recipients counts as three.`}
    >
      <div className={classes.meters}>
        {now && (
          <>
            <UsageMeter
              label={`Emails in ${monthName(now.month)}`}
              used={now.live.emails}
              limit={now.live.limit}
            />
            <UsageMeter
              label={`Test emails in ${monthName(now.month)}`}
              used={now.test.emails}
              limit={now.test.limit}
            />
          </>
        )}
        <UsageMeter label="Domains" used={domains.used} limit={domains.limit} calm />
      </div>
      <Details
        items={[
          ['Emails per month', count(plan.emailsPerMonth, 'emails')],
          ['Rate', perSecond(plan.requestsPerSecond, 'request')],
          ...before.map(
            ({ month, live, test }) =>
              [
                monthName(month),
                `${live.emails.toLocaleString()} emails, ${test.emails.toLocaleString()} test emails`,
              ] as const,
          ),
        ]}
      />
    </Panel>
  );
}
