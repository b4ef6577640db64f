import { Box, Text } from '@mantine/core';
import type { Schema } from '../../api/client.ts';
import { Details } from '../../components/details.tsx';
import { Moment } from '../../components/moment.tsx';
import { Note } from '../../components/note.tsx';
import { Panel } from '../../components/panel.tsx';
import { SendingStatus } from '../../components/sending-status.tsx';
import { perSecond } from './per-second.ts';
import { ProductionAccess } from './production-access.tsx';
import classes from './settings.module.css';
import { VerifyRecipient } from './verify-recipient.tsx';

type Sending = Schema<'Account'>['sending'];

function quotaLeft({ dailyQuota, sentLast24Hours }: Sending): string {
  if (dailyQuota === null) return 'No known limit';
  const left = Math.max(dailyQuota - sentLast24Hours, 0);
  return `${left.toLocaleString()} of ${dailyQuota.toLocaleString()} recipients left in the current 24 hours`;
}

/** SES calls the price per email, without a plan, `NONE`. */
function planWords(plan: string): string {
  return plan === 'NONE' ? 'Pay as you go' : plan;
}

function pricingWords({ pricing }: Sending): string | null {
  if (!pricing) return null;
  if (pricing.plan === null) return 'Checking';
  const plan = planWords(pricing.plan);
  return pricing.next ? `${plan}, from next month ${planWords(pricing.next)}` : plan;
}

/** What only the operator can change about sending. */
function OperatorActions({ sending }: { sending: Sending }) {
  if (!sending.sandbox) return null;
  return (
    <div className={classes.operator}>
      <VerifyRecipient />
      <ProductionAccess review={sending.productionAccess} />
    </div>
  );
}

/** Whether the whole service can send, and what to do if it cannot. */
export function SendingPanel({ account }: { account: Schema<'Account'> }) {
  const { sending, operator } = account;
  return (
    <Panel title="Sending" action={<SendingStatus state={sending.state} />}>
      <Text size="sm" mb="md" maw="46rem">
        {sending.message}
      </Text>
      {sending.pricing?.warning && (
        <Box mb="md">
          <Note tone="warning" title="Amazon SES costs more than it needs to">
            {sending.pricing.warning}
          </Note>
        </Box>
      )}
      <Details
        items={[
          ['Amazon SES', sending.sandbox ? 'Sandbox' : 'Production'],
          ['Rate', perSecond(sending.maxSendRate, 'recipient')],
          ['Daily quota', quotaLeft(sending)],
          ['Pricing plan', pricingWords(sending)],
          ['Last checked', sending.checkedAt && <Moment key="at" at={sending.checkedAt} />],
        ]}
      />
      {operator && <OperatorActions sending={sending} />}
    </Panel>
  );
}
