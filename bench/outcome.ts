import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalSystem } from '../test/kit/local-system.ts';
import { PATIENCE } from '../test/kit/patience.ts';

type Mail = { id: string; subject: string };

/** What the local SES counted; times in epoch milliseconds. */
export type Stats = {
  readonly calls: number;
  readonly underWay: number;
  readonly accepted: number;
  readonly recipientsAccepted: number;
  readonly throttledByRate: number;
  readonly throttledByFault: number;
  readonly firstAcceptedAt: number;
  readonly lastAcceptedAt: number;
};

/** How the posted emails ended. */
export type Outcome = {
  readonly arrived: number;
  /** Emails of which no copy arrived. */
  readonly missing: string[];
  /** Further copies beyond the first. */
  readonly copies: number;
  /** Further copies whose email is not flagged `possibleDuplicate`. */
  readonly unflagged: number;
  readonly failed: number;
};

/** Every mail in the local inbox. */
async function inbox(system: LocalSystem): Promise<Mail[]> {
  const mails: Mail[] = [];
  let before: string | null = null;
  do {
    const query: string = before === null ? '' : `&before=${encodeURIComponent(before)}`;
    const page: { data: Mail[]; next: string | null } = await system.control(
      `/_local/inbox?limit=1000${query}`,
    );
    mails.push(...page.data);
    before = page.next;
  } while (before !== null);
  return mails;
}

/** How long the inbox may stay as it is before the mails that are missing are given up: a pause of the gate is shorter. */
const STANDSTILL = PATIENCE / 2;

/** Waits until the inbox holds `count` mails, or nothing has come for long: what is missing then is for `judge` to say. */
export async function waitForMails(system: LocalSystem, count: number): Promise<void> {
  let last = { count: 0, at: performance.now() };
  while (last.count < count && performance.now() - last.at < STANDSTILL) {
    const { count: now } = await system.control<{ count: number }>('/_local/inbox?count=1');
    if (now > last.count) last = { count: now, at: performance.now() };
    await sleep(250);
  }
}

async function flagged(
  system: LocalSystem,
  id: string,
): Promise<{ flag: boolean; status: string }> {
  for (;;) {
    const answer = await fetch(`${system.apiUrl}/api/v1/emails/${id}`, {
      headers: { authorization: `Bearer ${system.key}` },
    });
    if (answer.status === 429) {
      await sleep(1000 * Number(answer.headers.get('retry-after') ?? 1));
      continue;
    }
    const email = (await answer.json()) as { possibleDuplicate: boolean; status: string };
    return { flag: email.possibleDuplicate, status: email.status };
  }
}

/** Compares what `postAll` posted with what arrived and what the API says of it. */
export async function judge(system: LocalSystem, ids: readonly string[]): Promise<Outcome> {
  const mails = await inbox(system);
  const counts = new Map<string, number>();
  for (const { subject } of mails) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  const subjects = ids.map((_, i) => `mail ${i}`);
  const missing = subjects.filter((subject) => !counts.has(subject));
  const copies = mails.length - counts.size;
  const states = await Promise.all(ids.map((id) => flagged(system, id)));
  const flags = states.filter(({ flag }) => flag).length;
  return {
    arrived: counts.size,
    missing,
    copies,
    unflagged: Math.max(0, copies - flags),
    failed: states.filter(({ status }) => status === 'failed').length,
  };
}
