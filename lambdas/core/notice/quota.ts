import type { MonthlyUsage } from '../account/usage.ts';
import type { Notice, NoticeStore } from './notice.ts';
import { quota80Words, quota100Words, quotaRefusedWords } from './words.ts';

/** NotifyResult of what each charge of the month came to; it never fails and never holds a charge up otherwise. */
export type QuotaWatch = {
  /** @param total the month's emails after the charge of `emails` */
  charged(usage: MonthlyUsage, emails: number, total: number, limit: number | null): Promise<void>;
  refused(usage: MonthlyUsage, limit: number): Promise<void>;
};

/** What the watch touches. */
export type QuotaWatchDeps = {
  readonly notices: Pick<NoticeStore, 'put'>;
  readonly now: () => number;
  /** NotifyResult of a notice that could not be kept; the banner shows the state all the same. */
  readonly onFailure: (account: string, error: unknown) => void;
};

/** Refusals that an instance remembers; with more accounts than that it forgets them all and notes them again. */
const MOST_REMEMBERED = 10_000;

/** The number of emails from which on 80 % of a month's limit are used. */
export function mostOf(limit: number): number {
  return Math.ceil(limit * 0.8);
}

/** Which threshold a month's total has just passed; of both at once the higher one. */
export function crossing(
  total: number,
  emails: number,
  limit: number,
): 'quota_80' | 'quota_100' | undefined {
  const crossed = (threshold: number) => total >= threshold && total - emails < threshold;
  if (crossed(limit)) return 'quota_100';
  return crossed(mostOf(limit)) ? 'quota_80' : undefined;
}

/**
 * Notes that a month's live quota is used to 80 % or used up. The counter is exact, so one charge alone sees
 * a crossing; a refusal is noted once by each instance and month, and kept once for the account. A function
 * that dies between the charge and the note leaves the 80 % untold by mail, and the 100 % until a refusal.
 */
export function quotaWatch({ notices, now, onFailure }: QuotaWatchDeps): QuotaWatch {
  const remembered = new Set<string>();
  const note = async (usage: MonthlyUsage, kind: Notice['kind'], message: string) => {
    const { account, month } = usage;
    try {
      await notices.put({ account, kind, about: null, occurrence: month, message, at: now() });
      return true;
    } catch (error) {
      onFailure(account, error);
      return false;
    }
  };
  return {
    async charged(usage, emails, total, limit) {
      if (limit === null || usage.environment !== 'live') return;
      const kind = crossing(total, emails, limit);
      if (kind === undefined) return;
      await note(
        usage,
        kind,
        kind === 'quota_80' ? quota80Words(total, limit) : quota100Words(limit),
      );
    },
    async refused(usage, limit) {
      const name = `${usage.account} ${usage.month}`;
      if (usage.environment !== 'live' || remembered.has(name)) return;
      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      // Before the write, so that a flood of refusals at once writes once as well.
      remembered.add(name);
      if (!(await note(usage, 'quota_100', quotaRefusedWords(limit)))) remembered.delete(name);
    },
  };
}
