import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../kit/patience.ts';
import type { Report, Say } from '../proof.ts';
import { SEED } from '../sizes.ts';
import type { Elsewhere } from './draft.ts';
import { bodyOf, type Draft, describe, type Fields, type Header, targetOf } from './draft.ts';
import { problemsOf } from './judge.ts';
import { made, type Prepared, type Shape } from './maker.ts';
import { allRoutes, type Plan, plansOf, type Route } from './plan.ts';
import { type Answer, openWire, type Wire } from './wire.ts';
import type { Told, World } from './world.ts';

/** Requests under way at once: a function with routes has four environments here. */
const AT_ONCE = 5;
/** Violations that are said when they are seen, while the rest is still under way. */
const MOST_SAID = 10;

const fieldsOf = (body: Readonly<Record<string, unknown>>): Fields =>
  Object.entries(body).map(([name, value]) => [name, JSON.stringify(value) ?? 'null']);

function validDraft(
  { method, path }: Route,
  shape: Shape,
  prepared: Prepared,
  world: World,
): Draft {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(prepared.path?.[name] ?? ''),
  );
  const query = Object.entries({ ...shape.query, ...prepared.query });
  const body =
    shape.body || prepared.body ? fieldsOf({ ...shape.body, ...prepared.body }) : undefined;
  const headers: Header[] = [
    ['authorization', `Bearer ${world.keys[shape.key ?? 'live']}`],
    ...(body ? [['content-type', 'application/json'] as const] : []),
    ...Object.entries(shape.headers ?? {}),
  ];
  return {
    method,
    path: filled,
    query: query.map(([name, text]) => [encodeURIComponent(name), encodeURIComponent(text)]),
    headers,
    ...(body ? { body } : {}),
    framing: 'right',
  };
}

const bytesOf = (draft: Draft) =>
  JSON.stringify([
    ...[draft.method, targetOf(draft), draft.headers, draft.framing],
    bodyOf(draft)?.toString('latin1'),
  ]);

/** Cursors of lists that are not the one that is asked for, and credentials that are not the one for it. */
async function readElsewhere(world: World): Promise<Elsewhere> {
  for (let i = 0; i < 2; i += 1) {
    const body = { address: `cursor${i}@example.com` };
    await made(world.call('POST', 'suppressions', body), 201);
    const email = { from: `a@${world.domain}`, to: 'ada@example.com', subject: 'x', text: 'x' };
    await made(world.call('POST', 'emails', email), 202);
  }
  const lists = ['suppressions?limit=1', 'emails?limit=1', 'api-keys?limit=1'];
  const pages = await Promise.all(lists.map((each) => made(world.call('GET', each), 200)));
  const cursors = pages.flatMap(({ nextCursor }) =>
    nextCursor === null ? [] : [String(nextCursor)],
  );
  const { operator, ...own } = world.keys;
  return { cursors, credentials: [...Object.values(own), operator, world.revoked] };
}

/** Until the functions know that SES is in its sandbox. */
async function untilSandbox({ call }: World): Promise<void> {
  await until(async () => {
    const { sending } = await made(call('GET', 'account'), 200);
    return (sending as { sandbox: boolean }).sandbox;
  }, 'The functions did not learn that SES is in its sandbox.');
}

type Outcome = Answer | 'closed' | 'silent';
type Sent = {
  readonly draft: Draft;
  readonly differs: boolean;
  readonly answer: Outcome;
  /** A function had run out of time over the first try. */
  readonly late: boolean;
};

const toldOf = ({ status, body }: Answer): Told => {
  try {
    return { status, body: JSON.parse(body) };
  } catch {
    return { status, body: {} };
  }
};

/** What the requests came to. */
function createTally(say: Say) {
  const statuses: Record<string, number> = {};
  const perRoute: Record<string, number> = {};
  const violations: string[] = [];
  const counts = { onePlace: 0, valid: 0, all: 0 };
  return {
    counts,
    statuses,
    violations,
    perRoute,
    add({ route, changes }: Plan, { draft, differs, answer, late }: Sent) {
      counts.all += 1;
      perRoute[route.name] = (perRoute[route.name] ?? 0) + 1;
      if (!differs) counts.valid += 1;
      else if (changes.length === 1) counts.onePlace += 1;
      const name = typeof answer === 'string' ? answer : String(answer.status);
      statuses[name] = (statuses[name] ?? 0) + 1;
      const told = (problem: string) => {
        const shown = JSON.stringify(answer).slice(0, 600);
        violations.push(`${route.name}: ${problem}. ${describe(draft)} → ${shown}`);
        if (violations.length <= MOST_SAID) say(violations.at(-1) ?? '');
      };
      if (typeof answer === 'string') {
        const mayEnd = draft.framing !== 'right' && answer === 'closed';
        if (!mayEnd) told(`there was no answer (${answer})`);
        return;
      }
      for (const problem of problemsOf(draft, answer)) told(problem);
      // What a late function has done already is not done again.
      if (!differs && !late && answer.status >= 300) told('a valid request did not succeed');
    },
  };
}

/** How often what a function had no time for is tried again, and after how long, in milliseconds. */
const TRIES = { most: 5, pause: 3000 };

/**
 * Sends a request, again where a function was ended by its time-out: on a machine with too much to do that happens
 * to any request. One that takes a function too long by itself does so every time.
 */
async function exchange(draft: Draft, wire: Wire, { late }: World) {
  for (let tries = 1; ; tries += 1) {
    const before = late.length;
    const answer = await wire.send(draft);
    const isFault = typeof answer === 'object' && answer.status >= 500;
    // The log comes by another way than the answer.
    if (isFault) await sleep(TRIES.pause);
    // The gateway's 503 says that a function was not free within half a minute.
    const isLate = isFault && (answer.status === 503 || late.length > before);
    if (!isLate || tries === TRIES.most) return { answer, late: tries > 1 };
  }
}

/** What a request needs; tried again where a function had no time for that. */
async function prepare({ route }: Plan, world: World): Promise<Prepared> {
  for (let tries = 1; ; tries += 1) {
    const before = world.late.length;
    try {
      return (await route.maker.prepare?.(world)) ?? {};
    } catch (error) {
      await sleep(TRIES.pause);
      const isLate = world.late.length > before || String(error).includes('503');
      if (!isLate || tries === TRIES.most) throw error;
    }
  }
}

async function send(plan: Plan, world: World, wire: Wire, elsewhere: Elsewhere): Promise<Sent> {
  const { route, shape, changes } = plan;
  const prepared = await prepare(plan, world);
  const valid = validDraft(route, shape, prepared, world);
  const draft = changes.reduce((changed, change) => change(changed, elsewhere), valid);
  const differs = changes.length > 0 && bytesOf(draft) !== bytesOf(valid);
  const { answer, late } = await exchange(draft, wire, world);
  await prepared.done?.(typeof answer === 'string' ? { status: 0, body: {} } : toldOf(answer));
  return { draft, differs, answer, late };
}

/** The routes' plans in turns, so that no account and no function is asked all at once. */
function inTurns(perRoute: number): Plan[] {
  const lists = allRoutes().map((route, i) => plansOf(route, perRoute, SEED + i));
  return Array.from({ length: perRoute }, (_, i) => lists.flatMap((list) => list[i] ?? [])).flat();
}

/** Requests to every route: each must be answered as the document says, and the valid ones must succeed. */
export async function proveRequests(
  world: World,
  requestsPerRoute: number,
  say: Say,
): Promise<Report> {
  // Only there can production access be asked for; what is sent meanwhile is accepted and then fails.
  await world.control('/_local/account', 'PUT', { sandbox: true });
  await untilSandbox(world);
  const elsewhere = await readElsewhere(world);
  const wire = openWire(world.system.apiUrl);
  const plans = inTurns(requestsPerRoute).values();
  const tally = createTally(say);
  const work = async () => {
    for (const plan of plans) {
      tally.add(plan, await send(plan, world, wire, elsewhere));
      if (tally.counts.all % 2000 === 0)
        say(`${tally.counts.all} requests, ${tally.violations.length} violations`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  wire.close();
  const { counts, perRoute, statuses, violations } = tally;
  const share = (count: number) => `${((100 * count) / counts.all).toFixed(1)} %`;
  return {
    figures: {
      requests: counts.all,
      routes: Object.keys(perRoute).length,
      'fewest requests of a route': Math.min(...Object.values(perRoute)),
      'differ from a valid one in one place': share(counts.onePlace),
      valid: share(counts.valid),
      statuses: Object.entries(statuses)
        .map(([status, count]) => `${status}: ${count}`)
        .join(', '),
    },
    violations,
  };
}
