import { isolationScenario } from './scenarios/isolation.ts';
import { killScenario } from './scenarios/kill.ts';
import { outageScenario } from './scenarios/outage.ts';
import { pauseScenario } from './scenarios/pause.ts';
import { type RateOptions, rateScenario } from './scenarios/rate.ts';
import { revokeScenario } from './scenarios/revoke.ts';

const RATE: Record<string, RateOptions> = {
  rate: { count: 2000, callers: 32, recipients: 1, rate: 14, throttleShare: 0.05 },
  wide: { count: 40, callers: 8, recipients: 50, rate: 14, throttleShare: 0 },
  slow: { count: 10, callers: 4, recipients: 50, rate: 1, throttleShare: 0 },
};

const SCENARIOS: Record<string, () => Promise<object>> = {
  ...Object.fromEntries(
    Object.entries(RATE).map(([name, options]) => [name, () => rateScenario(options)]),
  ),
  pause: () => pauseScenario({ count: 5000, rate: 30, timeScale: 60, pause: 120_000 }),
  kill: () => killScenario({ count: 300, kills: 5, underWay: 10, timeScale: 20 }),
  isolation: () =>
    isolationScenario({ slowEvents: 1000, slowness: 15_000, emails: 200, every: 300 }),
  revoke: () => revokeScenario({ processes: 8, after: 10_000 }),
  outage: () => outageScenario({ count: 200, outage: 10_000, timeScale: 20 }),
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in SCENARIOS));
if (names.length === 0 || unknown.length > 0) {
  console.error(`Name one or more of: ${Object.keys(SCENARIOS).join(', ')}.`);
  process.exit(1);
}
for (const name of names) {
  console.log(`${name}:`, await SCENARIOS[name]?.());
}
