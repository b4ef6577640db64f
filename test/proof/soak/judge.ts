import { possibleDuplicate } from '../../../lambdas/core/email/email.ts';
import { statusOf } from '../../../lambdas/core/email/status.ts';
import { emailReads } from '../../../lambdas/core/table/email-store.ts';
import { suppressionStore } from '../../../lambdas/core/table/suppression-store.ts';
import type { Table } from '../../../lambdas/core/table/table.ts';
import type { System } from '../../../local/system.ts';
import { persist } from '../../kit/patience.ts';
import { type Arrivals, arrivalOf } from './customers.ts';
import type { Expected } from './mails.ts';

/** What became of the mails. */
export type Outcome = {
  /** Emails that SES took, and how many more times than once it took them. */
  readonly arrived: number;
  readonly copies: number;
  readonly flagged: number;
  readonly violations: readonly string[];
};

type InboxPage = { data: { tags: Record<string, string> }[]; next: string | null };

/** How often SES took each email, by its id. */
async function copiesByEmail({ inboxUrl }: System): Promise<Map<string, number>> {
  const copies = new Map<string, number>();
  let before: string | null = null;
  do {
    const query: string = before === null ? '' : `&before=${encodeURIComponent(before)}`;
    const page: InboxPage = await persist(async () => {
      const answer = await fetch(new URL(`/_local/inbox?limit=1000${query}`, inboxUrl));
      return (await answer.json()) as InboxPage;
    });
    for (const { tags } of page.data) {
      const id = tags['ml-email'] ?? '';
      copies.set(id, (copies.get(id) ?? 0) + 1);
    }
    before = page.next;
  } while (before !== null);
  return copies;
}

function missingWebhooks({ id, events }: Expected, copies: number, arrivals: Arrivals): string[] {
  return events.flatMap((event) => {
    const ids = arrivals.get(arrivalOf(id, event))?.size ?? 0;
    if (ids === 0) return [`${event} of ${id} never came`];
    // A second copy is delivered once more, which is an event of its own.
    return ids > copies ? [`${event} of ${id} came under ${ids} ids for ${copies} copies`] : [];
  });
}

/** What came that nobody had asked for. */
function unforeseen(
  expected: readonly Expected[],
  copies: ReadonlyMap<string, number>,
  arrivals: Arrivals,
): string[] {
  const ids = new Set(expected.map(({ id }) => id));
  const webhooks = new Set(
    expected.flatMap(({ id, events }) => events.map((each) => arrivalOf(id, each))),
  );
  return [
    ...[...copies.keys()].filter((id) => !ids.has(id)).map((id) => `${id} was sent, not accepted`),
    ...[...arrivals.keys()].filter((each) => !webhooks.has(each)).map((each) => `${each} came`),
  ];
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
  const violations = unforeseen(expected, copies, arrivals);
  let flagged = 0;
  for (const one of expected) {
    const taken = copies.get(one.id) ?? 0;
    const email = await emails.find(one.account, one.id);
    const status = email && statusOf(email);
    const isFlagged = email !== undefined && possibleDuplicate(email);
    if (isFlagged) flagged += 1;
    if (taken === 0) violations.push(`${one.id} to ${one.address} was lost`);
    if (status !== one.status) violations.push(`${one.id} to ${one.address} ended as ${status}`);
    if (taken > 1 && !isFlagged) {
      violations.push(`${one.id} was sent ${taken} times and is not flagged`);
    }
    violations.push(...missingWebhooks(one, taken, arrivals));
    const listed = await suppressions.find(one.account, one.address, Date.now());
    if ((listed !== undefined) !== (one.status !== 'delivered')) {
      violations.push(`${one.address} is ${listed ? '' : 'not '}suppressed`);
    }
  }
  const all = [...copies.values()].reduce((sum, each) => sum + each, 0);
  return { arrived: copies.size, copies: all - copies.size, flagged, violations };
}
