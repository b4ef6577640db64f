import { Box, Text } from '@mantine/core';
import type { Schema } from '../../api/client.ts';
import { Details } from '../../components/details.tsx';
import { Moment } from '../../components/moment.tsx';
import { Note } from '../../components/note.tsx';
import { Panel } from '../../components/panel.tsx';
import { SendingStatus } from '../../components/sending-status.tsx';
import { ProductionAccess } from './production-access.tsx';
import classes from './settings.module.css';
import { VerifyRecipient } from './verify-recipient.tsx';

type Sending = Schema<'Account'>['sending'];

function quotaLeft({ dailyQuota, sentLast24Hours }: Sending): string {
  if (dailyQuota === null) return 'No limit is known';
  const left = Math.max(dailyQuota - sentLast24Hours, 0);
  return `${left.toLocaleString()} of ${dailyQuota.toLocaleString()} recipients left in 24 hours`;
}

function pricingWords({ pricing }: Sending): string | null {
  if (!pricing) return null;
  if (pricing.plan === null) return 'Not known yet';
  return pricing.next ? `${pricing.plan}, from next month ${pricing.next}` : pricing.plan;
}

/** What only the operator can do about sending. */
function OperatorActions({ sending }: { sending: Sending }) {
  if (!sending.sandbox) return null;
  return (
    <div className={classes.operator}>
      <VerifyRecipient />
      <ProductionAccess review={sending.productionAccess} />
    </div>
  );
}

/** How mail goes out of the whole service, and what to do where it does not. */
export function SendingPanel({ account }: { account: Schema<'Account'> }) {
  const { sending, operator } = account;
  return (
    <Panel title="Sending" action={<SendingStatus state={sending.state} />}>
      <Text size="sm" mb="md" maw="46rem">
        {sending.message}
      </Text>
      {sending.pricing?.warning && (
        <Box mb="md">
          <Note tone="warning" title="Amazon SES costs more than it has to">
            {sending.pricing.warning}
          </Note>
        </Box>
      )}
      <Details
        items={[
          ['Amazon SES', sending.sandbox ? 'Sandbox' : 'Production'],
          ['Rate', `${sending.maxSendRate.toLocaleString()} recipients a second`],
          ['Daily quota', quotaLeft(sending)],
          ['Pricing plan', pricingWords(sending)],
          ['Last checked', sending.checkedAt && <Moment key="at" at={sending.checkedAt} />],
        ]}
      />
      {operator && <OperatorActions sending={sending} />}
    </Panel>
  );
}
