import { createQuota, createRate, type Quota, type Rate } from './rate.ts';
import type { Store } from './store.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Rate and quota as the sends of the last day have left them, so that a restart gives no room away. */
export function restoreRoom(
  db: Store,
  maxSendRate: () => number,
  now: number,
): { readonly rate: Rate; readonly quota: Quota } {
  db.prepare('DELETE FROM sends WHERE at <= ?').run(now - DAY_MS);
  const rate = createRate(maxSendRate);
  const quota = createQuota();
  const sends = db.prepare('SELECT at, recipients FROM sends ORDER BY rowid').all();
  for (const send of sends as { at: number; recipients: number }[]) {
    rate.take(send.at, send.recipients);
    quota.add(send.at, send.recipients);
  }
  return { rate, quota };
}
