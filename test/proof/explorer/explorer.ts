import { SendMessageCommand } from '@aws-sdk/client-sqs';
import inject from 'light-my-request';
import { TABLE } from '../../../lambdas/core/contract/table.ts';
import { times } from '../../../lambdas/core/contract/times.ts';
import type { OpenSes } from '../../../local/ses/server.ts';
import { createCallers } from './callers.ts';
import { createCustomer } from './customer.ts';
import { type Engines, type Item, openEngines } from './engines.ts';
import { type Ended, type Environment, openEnvironment } from './environment.ts';
import type { Fault } from './faults.ts';
import { createFeed, type Feed } from './feed.ts';
import { openHandler, seededRandom } from './instruments.ts';
import { judge, type Verdict } from './judge.ts';
import { createNumbering } from './numbering.ts';
import { bundlePrograms, type Plant, type Program } from './program.ts';
import { DOMAIN, makeSeeds, WEBHOOK_SECRET } from './seeds.ts';
import { createVirtualTime } from './virtual-time.ts';

/** When every run begins. */
const START = Date.UTC(2026, 0, 15, 10, 30);
/** A mail is tried for a day, a webhook for three; whatever is not at rest after that is stuck. */
const HORIZON = 6 * 24 * 3600 * 1000;
/** Far more moves than any run has. */
const MOST_MOVES = 5000;
const MINUTE = 60_000;

const PROGRAMS = ['accept-email', 'deliver-email', 'record-event', 'deliver-webhook', 'sweep-due'];

/** What one run came to. */
export type Run = Verdict & {
  readonly calls: ReturnType<typeof createNumbering>['calls'];
  readonly met: readonly Fault[];
};

/** Runs the same story again and again, with faults. */
export type Explorer = Awaited<ReturnType<typeof openExplorer>>;

async function ask(ses: OpenSes, method: 'GET' | 'POST', url: string, payload?: object) {
  return await inject(ses.listener as never, { method, url, ...(payload ? { payload } : {}) });
}

async function verifyDomain(ses: OpenSes): Promise<void> {
  await ask(ses, 'POST', '/v2/email/identities', { EmailIdentity: DOMAIN });
  await ask(ses, 'POST', `/_local/identities/${DOMAIN}/verify`);
}

/** When the sweeper, which comes each minute, finds something; undefined while nothing is due at all. */
function nextSweep(items: readonly Item[], now: number): number | undefined {
  const { partitionKey, sortKey } = TABLE.due;
  const due = items
    .filter((item) => /^due#\d+$/.test(String(item[partitionKey] ?? '')))
    .map((item) => Number(item[sortKey]));
  if (due.length === 0) return undefined;
  const from = Math.max(now + 1, Math.min(...due) - times(1).sweepAhead);
  return Math.ceil(from / MINUTE) * MINUTE;
}

/**
 * An explorer of accept, deliver, record-event, deliver-webhook and the sweeper on the local engines: one email to an
 * address that bounces, and its webhook to a server that is busy for half an hour.
 *
 * @param assembly directory of the cloud assembly whose functions, queues and table are meant
 * @param seed of all that is random
 * @param plant a bug to put into the functions
 */
export async function openExplorer(assembly: string, seed: number, plant?: Plant) {
  const time = createVirtualTime(START);
  // The queues' emulator and the webhooks' verifier read it; nothing else in this process needs the real one.
  Date.now = time.now;
  const engines = await openEngines(assembly, time.now);
  const programs = await bundlePrograms(PROGRAMS, plant);
  const seeds = await makeSeeds(engines, START);
  return {
    run: (faults: readonly Fault[]) => run(faults, { time, engines, programs, seeds, seed }),
    close: () => engines.close(),
  };
}

type Setting = {
  readonly time: ReturnType<typeof createVirtualTime>;
  readonly engines: Engines;
  readonly programs: ReadonlyMap<string, Program>;
  readonly seeds: readonly Item[];
  readonly seed: number;
};

async function run(faults: readonly Fault[], setting: Setting): Promise<Run> {
  const { time, engines, programs, seeds, seed } = setting;
  time.reset();
  const eventQueue = engines.functions.find(({ environment }) => environment.EVENT_QUEUE_URL);
  const QueueUrl = eventQueue?.environment.EVENT_QUEUE_URL;
  const ses = await engines.reset(seeds, async (_topic, MessageBody) => {
    await engines.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  });
  await verifyDomain(ses);
  // SES announces itself on a new topic; that is no part of the story.
  engines.queues.clearMessages();
  while ((await ses.outbox.publishDue()) > 0) engines.queues.clearMessages();

  const random = seededRandom(seed);
  const customer = createCustomer(WEBHOOK_SECRET);
  const environments = new Map<string, Environment[]>();
  const numbering = createNumbering(faults, time, (body) =>
    callers.begin(body === 'same' ? 'first' : 'other'),
  );

  function environmentOf(name: string): Environment {
    const all = (environments.get(name) ?? []).filter(({ dead }) => !dead);
    const free = all.find(({ busy }) => !busy);
    if (free) return free;
    const definition = engines.functions.find((each) => each.name.includes(name));
    const program = programs.get(name);
    if (!definition || !program) throw new Error(`The template has no function ${name}.`);
    const opened = openEnvironment({ ...definition, name }, time, (owner) => {
      const pass = numbering.passOf(owner);
      const given = { engines, time, owner, pass, random, customer };
      return openHandler(program, { ...given, env: definition.environment });
    });
    environments.set(name, [...all, opened]);
    return opened;
  }

  const invoke = (name: string, event: unknown): Promise<Ended> =>
    environmentOf(name).invoke(event);
  const callers = createCallers(time, (event) => invoke('accept-email', event));
  const feeds: Feed[] = engines.fed.flatMap(({ mapping, definition }) => {
    const name = PROGRAMS.find((each) => definition.name.includes(each));
    if (!name) return [];
    const given = { engines, mapping, numbering, time };
    return [createFeed({ ...given, invoke: (event) => invoke(name, event) })];
  });
  let sweepAt: number | undefined;
  let sweeping = false;

  async function sweep(): Promise<boolean> {
    if (sweeping || sweepAt === undefined || time.now() < sweepAt) return false;
    sweeping = true;
    sweepAt = undefined;
    void invoke('sweep-due', {}).then(() => {
      sweeping = false;
    });
    return true;
  }

  async function move(): Promise<boolean> {
    if ((await ses.outbox.publishDue()) > 0) return true;
    for (const feed of feeds) if (await feed.begin()) return true;
    return await sweep();
  }

  async function next(): Promise<number | undefined> {
    const moments = [time.next(), ses.outbox.next(), ...feeds.map((feed) => feed.next())];
    const soonest = Math.min(...moments.flatMap((moment) => moment ?? []));
    // Looking at the whole table costs time; sooner than a minute no sweep can come.
    if (soonest - time.now() >= MINUTE) sweepAt = nextSweep(await engines.items(), time.now());
    const first = Math.min(soonest, sweepAt ?? Number.POSITIVE_INFINITY);
    return Number.isFinite(first) ? first : undefined;
  }

  async function toTheEnd(): Promise<string | undefined> {
    for (let moves = 0; moves < MOST_MOVES; moves += 1) {
      await numbering.quiet();
      if (await move()) continue;
      const moment = await next();
      if (moment === undefined) return undefined;
      if (moment > START + HORIZON) return 'something is still waiting after six days';
      time.advanceTo(moment);
    }
    return 'it does not come to rest';
  }

  void callers.begin('first');
  const unrest = await toTheEnd();
  const inbox = (await ask(ses, 'GET', '/_local/inbox?limit=100')).json();
  const verdict = judge({
    items: await engines.items(),
    mails: (inbox as { data: [] }).data,
    answers: callers.answers,
    arrivals: customer.arrivals,
    unknown: numbering.unknown(),
    unrest,
    parked: [...engines.queues.allQueues()].reduce((sum, queue) => sum + queue.messages.length, 0),
    now: time.now(),
  });
  return { ...verdict, calls: numbering.calls, met: numbering.met };
}
