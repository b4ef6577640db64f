import { setTimeout as sleep } from 'node:timers/promises';
import { openTable, type Table } from '../../../lambdas/core/table/table.ts';
import { type System, startSystem } from '../../../local/system.ts';
import { useEndpoint } from '../../contracts/table-fixture.ts';
import { PATIENCE, persist } from '../../kit/patience.ts';
import { control } from '../../local/ses/harness.ts';
import type { Report, Say } from '../proof.ts';
import { SEED, SIZES } from '../sizes.ts';
import { type Customer, makeCustomer } from './accounts.ts';
import { startCrew } from './crew.ts';
import { startCustomers } from './customers.ts';
import { judge, type Outcome } from './judge.ts';
import { type Expected, postAll } from './mails.ts';
import { openQueues, type Queues } from './queues.ts';
import { type Shuffled, shuffled } from './shuffle.ts';

const TIME_SCALE = 60;
/** One customer hears of every delivery, the others of trouble only: webhooks are most of the work. */
const ACCOUNTS = ['all', 'trouble', 'trouble', 'trouble'] as const;
/** Messages that may wait for a worker while more is posted: what is sent must be recorded within a lease, 10 s here. */
const AHEAD = 40;
/** Recipients a second: more than these machines can do, so that the backlog above is the brake. */
const RATE = 100;
/** Shares of SES's calls: 2 % whose answer nobody gets, half of them done; 5 % refused for rate. */
const FAULTS = { cutAnswer: 0.01, dropBeforeAccept: 0.01, throttleShare: 0.05 };
/** Everything has come to rest when nothing was left to do for so long: longer than any event is late. */
const QUIET = 4000;
/** Further copies that are allowed, of all emails: 0.1 %; of a short run, one. */
const MOST_COPIES = 0.001;
const TOLD = 20;

const DEAD = /DeadLetters|Undelivered/;
const ALIVE = new RegExp(`^(?!.*(${DEAD.source}))`);

type Stats = {
  acceptedThenCut: number;
  dropped: number;
  throttledByFault: number;
  accepted: number;
};

/** What the parts of a run share. */
type Run = {
  readonly system: System;
  readonly queues: Queues;
  readonly crew: ReturnType<typeof startCrew>;
  readonly customers: Awaited<ReturnType<typeof startCustomers>>;
  readonly published: Shuffled;
  /** Emails that were accepted so far. */
  readonly posted: Expected[];
  readonly say: Say;
};

/** Looks again and again at the backlog, and tells of it now and then. */
function watch({ system, queues, crew, customers, posted, say }: Run) {
  let backlog = 0;
  const looking = setInterval(async () => {
    backlog = await queues.count(ALIVE, 'visible').catch(() => AHEAD);
  }, 200);
  const telling = setInterval(async () => {
    const stats = await statsOf(system).catch(() => undefined);
    const { kills, twice } = crew.counts;
    const { webhooks } = customers.counts;
    say(
      `${posted.length} posted, ${stats?.accepted} sent, ${webhooks} webhooks, ${backlog} waiting, ${kills} kills, ${twice} twice`,
    );
  }, 10_000);
  return {
    isBusy: () => backlog >= AHEAD,
    stop() {
      clearInterval(looking);
      clearInterval(telling);
    },
  };
}

/** Waits until nothing is left to do, or for as long as it may take; how much is left then. */
async function untilRest({ queues, customers, published, posted }: Run): Promise<number> {
  const begun = Date.now();
  let left = 0;
  const events = posted.reduce((sum, each) => sum + each.events.length, 0);
  let quietSince = Date.now();
  while (Date.now() - begun < PATIENCE && Date.now() - quietSince < QUIET) {
    left = (await persist(() => queues.count(ALIVE, 'all'))) + published.pending;
    if (left > 0 || customers.arrivals.size < events) quietSince = Date.now();
    await sleep(500);
  }
  return left;
}

const statsOf = ({ endpoints }: System) =>
  persist(() => control<Stats>(endpoints.ses, 'GET', 'stats'));

async function soak(run: Run, accounts: readonly Customer[], table: Table): Promise<Report> {
  const { system, queues, crew, customers, published, posted, say } = run;
  const { emails } = SIZES.soak;
  const watching = watch(run);
  try {
    const begun = Date.now();
    const seconds = () => Math.round((Date.now() - begun) / 1000);
    crew.beginKilling();
    await postAll(system, accounts, emails, { posted, isBusy: watching.isBusy });
    const postedIn = seconds();
    say(`all ${emails} accepted after ${postedIn} s`);
    crew.endKilling();
    const left = await untilRest(run);
    const restedIn = seconds();
    say(`at rest after ${restedIn} s`);
    const outcome = await judge(system, table, posted, customers.arrivals);
    const stats = await statsOf(system);
    return {
      figures: {
        seed: SEED,
        'emails accepted, arrived': `${posted.length}, ${outcome.arrived}`,
        'further copies, emails flagged': `${outcome.copies}, ${outcome.flagged}`,
        'workers killed, out of time': `${crew.counts.kills}, ${crew.counts.timeouts}`,
        'messages handed out twice': crew.counts.twice,
        'unknown answers (sent, not sent)': `${stats.acceptedThenCut}, ${stats.dropped}`,
        throttles: stats.throttledByFault,
        'events, each twice and out of order': published.events,
        'webhooks taken, refused': `${customers.counts.webhooks}, ${customers.counts.refused}`,
        'seconds to accept all, to rest': `${postedIn}, ${restedIn}`,
        'emails a second': (emails / restedIn).toFixed(1),
      },
      violations: violations(run, outcome, { left, dead: await queues.count(DEAD, 'all') }),
    };
  } finally {
    watching.stop();
  }
}

function violations(
  { crew, customers }: Run,
  outcome: Outcome,
  { left, dead }: { left: number; dead: number },
): string[] {
  const { emails } = SIZES.soak;
  const { unsigned } = customers.counts;
  const tooMany = outcome.copies > Math.max(1, emails * MOST_COPIES);
  return [
    ...outcome.violations.slice(0, TOLD),
    ...(tooMany ? [`There are ${outcome.copies} further copies of ${emails} emails.`] : []),
    ...(left > 0 ? [`${left} messages were still under way after ${PATIENCE / 1000} s.`] : []),
    ...(dead > 0 ? [`${dead} messages lie in dead-letter queues.`] : []),
    ...(unsigned > 0 ? [`${unsigned} webhooks were not signed.`] : []),
    ...crew.problems.slice(0, TOLD),
  ];
}

/** Lets everything into the system that the soak needs, then runs it. */
async function prepare(
  system: System,
  table: Table,
  published: Shuffled,
  say: Say,
): Promise<Report> {
  const customers = await startCustomers(SEED);
  const queues = await openQueues(system);
  let crew: ReturnType<typeof startCrew> | undefined;
  try {
    const accounts: Customer[] = [];
    for (const hears of ACCOUNTS) {
      accounts.push(await makeCustomer(system, table, customers, hears));
    }
    const ses = (path: string, body: object) =>
      persist(() => control(system.endpoints.ses, 'PUT', path, body));
    await ses('account', { maxSendRate: RATE });
    await ses('faults', { ...FAULTS, seed: SEED });
    crew = startCrew(system.dataDir, SEED, SIZES.soak.kills);
    const run: Run = { system, queues, crew, customers, published, posted: [], say };
    return await soak(run, accounts, table);
  } finally {
    crew?.stop();
    queues.close();
    await customers.stop();
  }
}

/** The whole local system for long, with everything going wrong that does on the worst of days. */
export async function prove(say: Say): Promise<Report> {
  say(`Seed ${SEED}; give it again as MAILLAYER_SEED.`);
  const published = { events: 0, pending: 0 };
  const plan = { emailsPerMonth: null, domains: null, requestsPerSecond: 100_000 };
  const system = await startSystem({
    ...{ dataDir: undefined, port: 0, timeScale: TIME_SCALE, mappings: false },
    context: { plans: { Soak: plan } },
    publishing: shuffled(published),
  });
  useEndpoint('DYNAMODB', system.endpoints.dynamodb);
  const table = openTable(system.tableName);
  try {
    return await prepare(system, table, published, say);
  } finally {
    table.client.destroy();
    table.counterClient.destroy();
    await system.stop();
  }
}
