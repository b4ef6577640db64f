import { setTimeout as sleep } from 'node:timers/promises';
import { openTable, type Table } from '../../../lambdas/core/table/table.ts';
import { type System, startSystem } from '../../../local/system.ts';
import { useEndpoint } from '../../contracts/table-fixture.ts';
import { control } from '../../local/ses/harness.ts';
import type { Report, Say } from '../proof.ts';
import { SEED, SIZES } from '../sizes.ts';
import { makeCustomer } from './accounts.ts';
import { startCrew } from './crew.ts';
import { startCustomers } from './customers.ts';
import { judge, messagesIn } from './judge.ts';
import { type Expected, postAll } from './mails.ts';

const TIME_SCALE = 60;
/** One customer hears of every delivery, the others of trouble only: webhooks are most of the work. */
const ACCOUNTS = ['all', 'trouble', 'trouble', 'trouble'] as const;
/** Emails that may be accepted and not yet sent: what is sent must be recorded within a lease, 10 s here. */
const AHEAD = 100;
/** Recipients a second: more than these machines can do, so that the backlog above is the brake. */
const RATE = 100;
/** Shares of SES's calls (issue): 2 % whose answer nobody gets, half of them done; 5 % refused for rate. */
const FAULTS = { cutAnswer: 0.01, dropBeforeAccept: 0.01, throttleShare: 0.05 };
/** How much later an event comes, and comes again, in milliseconds at most. */
const SHUFFLE = 1500;
/** How long the last email may take: three leases, tries of webhooks, slots that lapse; milliseconds. */
const REST = 240_000;
/** Further copies that are allowed, of all emails (issue: 0.1 %). */
const MOST_COPIES = 0.001;
const TOLD = 20;

type Counted = { events: number };

/** SES's events out of order, and each of them twice. */
function shuffled(counted: Counted) {
  return (publish: (topic: string, message: string) => Promise<void>) =>
    async (topic: string, message: string) => {
      counted.events += 1;
      for (let times = 0; times < 2; times += 1) {
        const late = () => void publish(topic, message).catch(() => setTimeout(late, 100));
        setTimeout(late, Math.random() * SHUFFLE);
      }
    };
}

/** Waits until nothing is left to do; how long it took, in seconds. */
async function untilRest(system: System, expected: readonly Expected[], heard: () => number) {
  const begun = Date.now();
  const events = expected.reduce((sum, each) => sum + each.events.length, 0);
  while (Date.now() - begun < REST) {
    const left = await messagesIn(system, /Queue/);
    if (left === 0 && heard() >= events) break;
    await sleep(1000);
  }
  return Math.round((Date.now() - begun) / 1000);
}

type Stats = {
  acceptedThenCut: number;
  dropped: number;
  throttledByFault: number;
  accepted: number;
};
const statsOf = ({ endpoints }: System) => control<Stats>(endpoints.ses, 'GET', 'stats');

async function soak(system: System, table: Table, counted: Counted, say: Say): Promise<Report> {
  const { emails } = SIZES.soak;
  const begun = Date.now();
  const customers = await startCustomers();
  const crew = startCrew(system.dataDir, SEED);
  let accepted = 0;
  const watch = setInterval(async () => {
    const stats = await statsOf(system).catch(() => undefined);
    accepted = stats?.accepted ?? accepted;
  }, 200);
  const progress = setInterval(() => {
    const { kills, twice } = crew.counts;
    say(`${accepted} sent, ${customers.counts.webhooks} webhooks, ${kills} kills, ${twice} twice`);
  }, 10_000);
  try {
    const accounts = [];
    for (const hears of ACCOUNTS) {
      accounts.push(await makeCustomer(system, table, customers, hears));
    }
    await control(system.endpoints.ses, 'PUT', 'account', { maxSendRate: RATE });
    await control(system.endpoints.ses, 'PUT', 'faults', { ...FAULTS, seed: SEED });
    crew.beginKilling();
    const pace = { count: emails, callers: 16, ahead: AHEAD, sent: () => accepted };
    const expected = await postAll(system, accounts, pace);
    const postedIn = Math.round((Date.now() - begun) / 1000);
    say(`all ${emails} accepted after ${postedIn} s`);
    crew.endKilling();
    const rest = await untilRest(system, expected, () => customers.arrivals.size);
    const outcome = await judge(system, table, expected, customers.arrivals);
    const stats = await statsOf(system);
    const tooMany = outcome.copies > emails * MOST_COPIES;
    return {
      figures: {
        seed: SEED,
        'emails accepted, arrived': `${expected.length}, ${outcome.arrived}`,
        'further copies, emails flagged': `${outcome.copies}, ${outcome.flagged}`,
        'workers killed': crew.counts.kills,
        'messages handed out twice': crew.counts.twice,
        'unknown answers (sent, not sent)': `${stats.acceptedThenCut}, ${stats.dropped}`,
        throttles: stats.throttledByFault,
        'events, each twice and out of order': counted.events,
        'webhooks taken, refused': `${customers.counts.webhooks}, ${customers.counts.refused}`,
        'seconds to accept all, then to rest': `${postedIn}, ${rest}`,
      },
      violations: [
        ...outcome.violations.slice(0, TOLD),
        ...(tooMany ? [`${outcome.copies} further copies of ${emails} emails.`] : []),
        ...(customers.counts.unsigned > 0
          ? [`${customers.counts.unsigned} unsigned webhooks.`]
          : []),
        ...crew.problems.slice(0, TOLD),
      ],
    };
  } finally {
    clearInterval(watch);
    clearInterval(progress);
    crew.stop();
    await customers.stop();
  }
}

/** The whole local system for long, with everything going wrong that does on the worst of days. */
export async function prove(say: Say): Promise<Report> {
  say(`Seed ${SEED}; give it again as MAILLAYER_SEED.`);
  const counted = { events: 0 };
  const plan = { emailsPerMonth: null, domains: null, requestsPerSecond: 100_000 };
  const system = await startSystem({
    ...{ dataDir: undefined, port: 0, timeScale: TIME_SCALE, mappings: false },
    context: { plans: { Soak: plan } },
    publishing: shuffled(counted),
  });
  useEndpoint('DYNAMODB', system.endpoints.dynamodb);
  const table = openTable(system.tableName);
  try {
    return await soak(system, table, counted, say);
  } finally {
    table.client.destroy();
    table.counterClient.destroy();
    await system.stop();
  }
}
