import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { possibleDuplicate } from '../../../lambdas/core/email/email.ts';
import { statusOf } from '../../../lambdas/core/email/status.ts';
import { emailReads } from '../../../lambdas/core/table/email-store.ts';
import { suppressionStore } from '../../../lambdas/core/table/suppression-store.ts';
import type { Table } from '../../../lambdas/core/table/table.ts';
import { CREDENTIALS } from '../../../local/emulators/clients.ts';
import type { System } from '../../../local/system.ts';
import { type Arrivals, arrivalOf } from './customers.ts';
import type { Expected } from './mails.ts';

/** What became of the mails. */
export type Outcome = {
  readonly arrived: number;
  readonly copies: number;
  readonly flagged: number;
  readonly violations: readonly string[];
};

/** How often SES took each email, by its id. */
export async function copiesByEmail({ inboxUrl }: System): Promise<Map<string, number>> {
  const copies = new Map<string, number>();
  let before: string | null = null;
  do {
    const query: string = before === null ? '' : `&before=${encodeURIComponent(before)}`;
    const page = await fetch(new URL(`/_local/inbox?limit=1000${query}`, inboxUrl));
    const { data, next } = (await page.json()) as {
      data: { tags: Record<string, string> }[];
      next: string | null;
    };
    for (const { tags } of data) {
      const id = tags['ml-email'] ?? '';
      copies.set(id, (copies.get(id) ?? 0) + 1);
    }
    before = next;
  } while (before !== null);
  return copies;
}

/** Messages in queues whose name fits, hidden and delayed ones included. */
export async function messagesIn({ endpoints }: System, name: RegExp): Promise<number> {
  const client = new SQSClient({
    region: 'us-east-1',
    endpoint: endpoints.sqs,
    credentials: CREDENTIALS,
  });
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand({}));
  let total = 0;
  for (const QueueUrl of QueueUrls.filter((url) => name.test(url))) {
    const AttributeNames = ['All' as const];
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames });
    const { Attributes = {} } = await client.send(command);
    total += Number(Attributes.ApproximateNumberOfMessages);
    total += Number(Attributes.ApproximateNumberOfMessagesNotVisible);
    total += Number(Attributes.ApproximateNumberOfMessagesDelayed);
  }
  client.destroy();
  return total;
}

function webhookProblems({ id, events }: Expected, copies: number, arrivals: Arrivals): string[] {
  return events.flatMap((event) => {
    const ids = arrivals.get(arrivalOf(id, event))?.size ?? 0;
    if (ids === 0) return [`${event} of ${id} never came`];
    // A second copy is delivered once more, which is an event of its own.
    return ids > copies ? [`${event} of ${id} came under ${ids} ids for ${copies} copies`] : [];
  });
}

/** Holds every email against what was expected of it. */
export async function judge(
  system: System,
  table: Table,
  expected: readonly Expected[],
  arrivals: Arrivals,
): Promise<Outcome> {
  const copies = await copiesByEmail(system);
  const emails = emailReads(table);
  const suppressions = suppressionStore(table);
  const violations: string[] = [];
  let flagged = 0;
  for (const one of expected) {
    const taken = copies.get(one.id) ?? 0;
    const email = await emails.find(one.account, one.id);
    const status = email && statusOf(email);
    if (taken === 0) violations.push(`${one.id} to ${one.address} was lost`);
    if (status !== one.status) violations.push(`${one.id} to ${one.address} ended as ${status}`);
    if (email && possibleDuplicate(email)) flagged += 1;
    if (taken > 1 && !(email && possibleDuplicate(email))) {
      violations.push(`${one.id} was sent ${taken} times and is not flagged`);
    }
    violations.push(...webhookProblems(one, taken, arrivals));
    if (one.status === 'delivered') continue;
    const listed = await suppressions.find(one.account, one.address, Date.now());
    if (!listed) violations.push(`${one.address} is not suppressed`);
  }
  const all = [...copies.values()].reduce((sum, each) => sum + each, 0);
  const parked = await messagesIn(system, /dead|undelivered/i);
  if (parked > 0) violations.push(`${parked} messages lie in dead-letter queues`);
  return { arrived: copies.size, copies: all - copies.size, flagged, violations };
}
