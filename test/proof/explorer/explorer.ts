import { SendMessageCommand } from '@aws-sdk/client-sqs';
import inject from 'light-my-request';
import { seededRandom } from '../../../local/seeded-random.ts';
import type { OpenSes } from '../../../local/ses/server.ts';
import { createCallers } from './callers.ts';
import { createCustomer } from './customer.ts';
import { type Engines, type Item, openEngines } from './engines.ts';
import type { Fault } from './faults.ts';
import { createFeed, type Feed } from './feed.ts';
import { forgetClients } from './instruments.ts';
import { judge, type Verdict } from './judge.ts';
import { createNumbering, type Numbering } from './numbering.ts';
import { createPool, type Invoke } from './pool.ts';
import { bundlePrograms, type Plant, type Program } from './program.ts';
import { DOMAIN, makeSeeds, WEBHOOK_SECRET } from './seeds.ts';
import { createSweeper } from './sweeper.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';

/** When every run begins. */
const START = Date.UTC(2026, 0, 15, 10, 30);
/** A mail is tried for a day, a webhook for three; whatever is not at rest after that is stuck. */
const HORIZON = 6 * 24 * 3600 * 1000;
/** Far more moves than any run has. */
const MOST_MOVES = 5000;

const PROGRAMS = ['accept-email', 'deliver-email', 'record-event', 'deliver-webhook', 'sweep-due'];

/** What one run came to. */
export type Run = Verdict & Pick<Numbering, 'calls' | 'met'>;

/** Runs the same story again and again, with faults. */
export type Explorer = Awaited<ReturnType<typeof openExplorer>>;

type Setting = {
  readonly time: VirtualTime;
  readonly engines: Engines;
  readonly programs: ReadonlyMap<string, Program>;
  readonly seeds: readonly Item[];
  readonly seed: number;
};

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

async function ask(ses: OpenSes, method: 'GET' | 'POST', url: string, payload?: object) {
  return await inject(ses.listener as never, { method, url, ...(payload ? { payload } : {}) });
}

/** Everything as it is before the post, with an SES that may send from the domain. */
async function setOut({ time, engines, seeds }: Setting): Promise<OpenSes> {
  time.reset();
  forgetClients();
  const reports = engines.functions.find(({ environment }) => environment.EVENT_QUEUE_URL);
  const QueueUrl = reports?.environment.EVENT_QUEUE_URL;
  const ses = await engines.reset(seeds, async (_topic, MessageBody) => {
    await engines.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  });
  await ask(ses, 'POST', '/v2/email/identities', { EmailIdentity: DOMAIN });
  await ask(ses, 'POST', `/_local/identities/${DOMAIN}/verify`);
  // SES announces itself on a new topic; that is no part of the story.
  while ((await ses.outbox.publishDue()) > 0) engines.queues.clearMessages();
  return ses;
}

function feedsOf({ engines, time }: Setting, numbering: Numbering, invoke: Invoke): Feed[] {
  return engines.fed.flatMap(({ mapping, definition }) => {
    const name = PROGRAMS.find((each) => definition.name.includes(each));
    if (!name) return [];
    const given = { engines, mapping, numbering, time };
    return [createFeed({ ...given, invoke: (event) => invoke(name, event) })];
  });
}

type Movers = {
  readonly ses: OpenSes;
  readonly feeds: readonly Feed[];
  readonly sweeper: ReturnType<typeof createSweeper>;
};

/** Lets one thing happen that can happen now; false when there is none. */
async function move({ ses, feeds, sweeper }: Movers): Promise<boolean> {
  if ((await ses.outbox.publishDue()) > 0) return true;
  for (const feed of feeds) if (await feed.begin()) return true;
  return sweeper.begin();
}

/** Lets everything happen, in time, until nothing is left; otherwise why it does not come to rest. */
async function toTheEnd(time: VirtualTime, numbering: Numbering, movers: Movers) {
  const { ses, feeds, sweeper } = movers;
  for (let moves = 0; moves < MOST_MOVES; moves += 1) {
    await numbering.quiet();
    if (await move(movers)) continue;
    const moments = [time.next(), ses.outbox.next(), ...feeds.map((feed) => feed.next())];
    const soonest = Math.min(...moments.flatMap((moment) => moment ?? []));
    const next = Math.min(soonest, await sweeper.next(soonest));
    if (next === Number.POSITIVE_INFINITY) return undefined;
    if (next > START + HORIZON) return 'something is still waiting after six days';
    time.advanceTo(next);
  }
  return 'it does not come to rest';
}

async function run(faults: readonly Fault[], setting: Setting): Promise<Run> {
  const { time, engines, programs, seed } = setting;
  const ses = await setOut(setting);
  const customer = createCustomer(WEBHOOK_SECRET);
  const numbering = createNumbering(faults, time, (body) =>
    callers.begin(body === 'same' ? 'first' : 'other'),
  );
  const random = seededRandom(seed);
  const invoke = createPool({ engines, programs, time, numbering, random, customer });
  const callers = createCallers(time, (event) => invoke('accept-email', event));
  const feeds = feedsOf(setting, numbering, invoke);
  const sweeper = createSweeper(engines, time, invoke);

  void callers.begin('first');
  const unrest = await toTheEnd(time, numbering, { ses, feeds, sweeper });
  const inbox = (await ask(ses, 'GET', '/_local/inbox?limit=100')).json();
  const queues = [...engines.queues.allQueues()];
  const verdict = judge({
    items: await engines.items(),
    mails: (inbox as { data: [] }).data,
    answers: callers.answers,
    arrivals: customer.arrivals,
    unknown: numbering.unknown(),
    unrest,
    parked: queues.reduce((sum, { messages }) => sum + messages.length, 0),
  });
  return { ...verdict, calls: numbering.calls, met: numbering.met };
}
