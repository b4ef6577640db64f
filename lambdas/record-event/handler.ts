import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as v from 'valibot';
import { EVENT_TAGS, GAVE_UP } from '../core/contract/messages.ts';
import type { Email, Fact } from '../core/email/email.ts';
import type { EmailStore } from '../core/email/email-store.ts';
import { newFacts } from '../core/email/fact.ts';
import { factsOf, suppressionsOf, timeOf } from '../core/email/feedback.ts';
import { emailOf, type SesEvent, sesEventSchema } from '../core/email/ses-event.ts';
import type { Log } from '../core/log/logger.ts';
import type { Count } from '../core/log/metrics.ts';
import { type Consumed, consumeBatch, jsonOf } from '../core/queue/consume.ts';
import { countedEventsOf } from '../core/statistics/counted-events.ts';
import { byMonth, type CountedEvent, type StatisticsStore } from '../core/statistics/statistics.ts';
import type { SuppressionStore } from '../core/suppression/suppression.ts';
import type { EndpointStore } from '../core/webhook/endpoint.ts';
import type { WebhookQueue } from '../core/webhook/ports.ts';
import {
  type EmailWebhook,
  failureWebhooks,
  messagesOf,
  webhooksOf,
} from '../core/webhook/webhook-event.ts';

/** What counting touches. */
type CountingDeps = {
  readonly statistics: Pick<StatisticsStore, 'add'>;
  readonly count: (name: 'UncountedStatistics') => void;
  readonly log: Log;
};

/**
 * Counts what a batch has brought, one update for each month of an account. The events are recorded by now,
 * and doing one again would not count it: a counter that fails is logged, and the chart misses that much.
 */
async function countEvents(
  countedEvents: readonly CountedEvent[],
  { statistics, count, log }: CountingDeps,
): Promise<void> {
  await Promise.all(
    byMonth(countedEvents).map(async ({ month, countedEvents: ofMonth }) => {
      try {
        await statistics.add(month, ofMonth);
      } catch (error) {
        count('UncountedStatistics');
        log.error('statistics not counted', { ...month, countedEvents: ofMonth.length }, error);
      }
    }),
  );
}

/** Metrics of what is not as it should be. */
export type RecordEventCount =
  | 'LateEvents'
  | 'UnreadableEvents'
  | 'UnknownRecipients'
  | 'UncountedStatistics';

/** What recording an event touches. */
export type RecordEventDeps = {
  readonly emails: Pick<EmailStore, 'find' | 'addFacts'>;
  readonly suppressions: Pick<SuppressionStore, 'add'>;
  readonly endpoints: Pick<EndpointStore, 'list'>;
  readonly webhooks: WebhookQueue;
  readonly statistics: Pick<StatisticsStore, 'add'>;
  /** Puts an event that cannot be used where operators find it, with a reason. */
  readonly park: (body: string, reason: string) => Promise<void>;
  readonly count: Count<RecordEventCount>;
  readonly log: Log;
  readonly now: () => number;
};

/** One batch's: what happened for the first time is noted here once it is written. */
type BatchDeps = RecordEventDeps & { readonly happened: CountedEvent[] };

/** SES announces itself on a new topic with this sentence, which is no event. */
const ANNOUNCEMENT = 'Successfully validated SNS topic for Amazon SES event publishing.';

async function suppress(
  event: SesEvent,
  environment: Email['environment'],
  at: string,
  deps: RecordEventDeps,
): Promise<void> {
  const { account } = emailOf(event);
  const suppressions = suppressionsOf(event, environment, at);
  await Promise.all(suppressions.map((each) => deps.suppressions.add(account, each)));
}

async function announce(
  email: Email,
  webhooks: readonly EmailWebhook[],
  deps: RecordEventDeps,
): Promise<void> {
  if (webhooks.length === 0) return;
  const messages = messagesOf(email, webhooks, await deps.endpoints.list(email.account));
  if (messages.length === 0) return;
  await deps.webhooks.send(messages.map((message) => ({ message, delaySeconds: 0 })));
}

/** The record has expired, or is another accept's: nothing to write to, but the address stays what it is. */
async function late(event: SesEvent, record: SQSRecord, deps: RecordEventDeps): Promise<string> {
  const environment = event.mail.tags[EVENT_TAGS.environment] ?? 'live';
  const at = timeOf(event) ?? new Date(Number(record.attributes.SentTimestamp)).toISOString();
  await suppress(event, environment, at, deps);
  deps.count('LateEvents');
  return 'late: no such email';
}

/** Writes those of the facts that are new, and notes what they count for; false when the email has just expired. */
async function keep(email: Email, facts: readonly Fact[], deps: BatchDeps): Promise<boolean> {
  const fresh = newFacts(email, facts);
  if (fresh.length === 0) return true;
  const before = await deps.emails.addFacts(email, fresh);
  if (before) deps.happened.push(...countedEventsOf(email, before, fresh, deps.now()));
  return before !== undefined;
}

/** Effects first, facts last: a repetition does each again under its own name, so none can be missed. */
async function apply(
  event: SesEvent,
  email: Email,
  record: SQSRecord,
  deps: BatchDeps,
): Promise<string> {
  await suppress(event, email.environment, timeOf(event) ?? email.createdAt, deps);
  const { facts, unknownRecipients } = factsOf(event, email);
  await announce(email, webhooksOf(email, facts), deps);
  if (!(await keep(email, facts, deps))) {
    deps.count('LateEvents');
    return 'late: the email has just expired';
  }
  if (unknownRecipients === 0) return 'recorded';
  await deps.park(record.body, 'unknown_recipient');
  deps.count('UnknownRecipients');
  return 'unknown_recipient';
}

/** One of our functions failed the email; the record says whether that still holds. */
async function applyGaveUp(email: Email, deps: RecordEventDeps): Promise<string> {
  const webhooks = failureWebhooks(email);
  await announce(email, webhooks, deps);
  return webhooks.length > 0 ? 'reported as failed' : 'not failed any more';
}

async function outcomeOf(event: SesEvent, record: SQSRecord, deps: BatchDeps) {
  const { account, id, nonce } = emailOf(event);
  const email = await deps.emails.find(account, id);
  if (email?.nonce !== nonce) return await late(event, record, deps);
  return event.eventType === GAVE_UP
    ? await applyGaveUp(email, deps)
    : await apply(event, email, record, deps);
}

async function consume(record: SQSRecord, deps: BatchDeps): Promise<Consumed> {
  if (record.body.trim() === ANNOUNCEMENT) {
    return { done: true, fields: { outcome: 'announcement of SES' } };
  }
  const parsed = v.safeParse(sesEventSchema, jsonOf(record));
  if (!parsed.success) {
    const outcome = 'unreadable_event';
    await deps.park(record.body, outcome);
    deps.count('UnreadableEvents');
    return { done: true, fields: { messageId: record.messageId, outcome } };
  }
  const { account, id: emailId } = emailOf(parsed.output);
  const outcome = await outcomeOf(parsed.output, record, deps);
  return { done: true, fields: { emailId, account, event: parsed.output.eventType, outcome } };
}

/**
 * Turns what SES reports into suppressions, webhooks and the email's state, and counts it; a repetition
 * changes nothing.
 */
export function createHandler(deps: RecordEventDeps) {
  return async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const happened: CountedEvent[] = [];
    const batch = { ...deps, happened };
    const answer = await consumeBatch(event, deps.log, (record) => consume(record, batch));
    await countEvents(happened, deps);
    return answer;
  };
}
