import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CountedKind } from '../lambdas/core/statistics/statistics.ts';
import { statisticsStore } from '../lambdas/core/table/statistics-store.ts';
import { openTable } from '../lambdas/core/table/table.ts';
import { call, type Dashboard, openDashboard, signInAt } from '../test/browser/dashboard.ts';
import { seed } from '../test/browser/seeded.ts';

const DAY = 24 * 60 * 60 * 1000;

/** A month of a small shop: more on weekdays, with the bounces that every list has. */
function figuresOf(day: Date): Partial<Record<CountedKind, number>> {
  const weekday = day.getUTCDay() % 6 === 0 ? 0.6 : 1;
  const sent = Math.round((420 + ((day.getUTCDate() * 137) % 90)) * weekday);
  const bounced = Math.round(sent * 0.012);
  return {
    sent,
    delivered: sent - bounced,
    bounced,
    complained: day.getUTCDate() % 9 === 0 ? 1 : 0,
  };
}

/** Days that lie behind cannot be made by sending: their counters are written. */
async function fillDays({ system }: Dashboard): Promise<void> {
  const file = JSON.parse(readFileSync(join(system.dataDir, 'endpoints.json'), 'utf8'));
  process.env.AWS_ENDPOINT_URL_DYNAMODB = file.endpoints.dynamodb;
  process.env.AWS_REGION = file.region;
  process.env.AWS_ACCESS_KEY_ID = 'local';
  process.env.AWS_SECRET_ACCESS_KEY = 'local';
  const store = statisticsStore(openTable(file.tableName));
  const { id } = await call(system, { method: 'GET', path: 'account' });
  for (let back = 29; back >= 0; back -= 1) {
    const date = new Date(Date.now() - back * DAY);
    const day = date.toISOString().slice(0, 10);
    const of = { account: String(id), environment: 'live' as const };
    const countedEvents = Object.entries(figuresOf(date)).map(([kind, recipients]) => ({
      ...of,
      day,
      kind: kind as CountedKind,
      recipients,
    }));
    await store.add({ ...of, month: day.slice(0, 7) }, countedEvents);
  }
}

/** `npm run screenshots`: takes the pictures of the documents again, from the local system. */
const dashboard = await openDashboard();
const seeded = await seed(dashboard);
await fillDays(dashboard);
await dashboard.visit(async (page) => {
  await page.setViewportSize({ width: 1280, height: 840 });
  await signInAt(page, dashboard, '/');
  await page.locator('.recharts-area-curve').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: 'docs/dashboard.png' });
  await page.goto(`/emails/${seeded.emails[1]}`);
  await page.getByText('Timeline').waitFor();
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: 'docs/email.png' });
});
await Promise.all([dashboard.close(), seeded.stop()]);
