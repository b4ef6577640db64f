import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Environment } from './environment.ts';
import { type Call, type Fault, type FaultKind, leavesSesUnknown } from './faults.ts';
import type { Pass } from './instruments.ts';
import type { VirtualTime } from './virtual-time.ts';

/** How much longer a slow call takes, and how long a frozen accept stands still, in milliseconds. */
const SLOW = 1500;
const FROZEN = 3 * 60_000;

/** Whoever sends another request with the same key; resolves once its first try has come to something. */
export type Compete = (body: 'same' | 'other') => Promise<void>;

/** A promise of its own each time: one that all wait for would remember all of them. */
const never = () => new Promise<never>(() => undefined);

function reset(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}

function unreachable(): Error {
  const words = 'connect ECONNREFUSED 127.0.0.1:443';
  return Object.assign(new Error(words), { code: 'ECONNREFUSED', syscall: 'connect' });
}

function tooMany(): Error {
  return Object.assign(new Error('Maximum sending rate exceeded.'), {
    name: 'TooManyRequestsException',
    $metadata: { httpStatusCode: 429 },
  });
}

/** Answers that a call is still to lose. */
type Losing = { answers: number; lost: number };

/** The calls of one run in the order in which they were made, and what befalls them. */
export type Numbering = ReturnType<typeof createNumbering>;

/** Numbers every call of a run from 0, and lets the faults befall those of their number. */
export function createNumbering(faults: readonly Fault[], time: VirtualTime, compete: Compete) {
  const calls: Call[] = [];
  const met: Fault[] = [];
  const planned = new Map(faults.map(({ call, kind }) => [call, kind]));
  const losing = new AsyncLocalStorage<Losing>();
  const world = { name: 'world' };
  let underWay = 0;
  let unknown = 0;

  function number(call: Call): FaultKind | undefined {
    const kind = planned.get(calls.length);
    if (kind) met.push({ call: calls.length, kind });
    calls.push(call);
    if (kind && leavesSesUnknown(call, kind)) unknown += 1;
    return kind;
  }

  /** Waits without keeping the clock from going on. */
  async function aside(wait: Promise<unknown>): Promise<void> {
    underWay -= 1;
    await wait;
    underWay += 1;
  }

  async function losingAnswers<Result>(answers: number, work: () => Promise<Result>) {
    const lost: Losing = { answers, lost: 0 };
    const result = await losing.run(lost, work);
    // What is no call of the SDK has no tries: its one answer is lost here.
    if (lost.lost === 0) throw reset();
    return result;
  }

  async function freeze(owner: Environment): Promise<void> {
    owner.frozen = true;
    time.drop(owner);
    owner.thawed = time.sleep(world, FROZEN);
    await aside(owner.thawed);
  }

  async function befall<Result>(
    kind: FaultKind | undefined,
    owner: Environment,
    work: () => Promise<Result>,
  ): Promise<Result> {
    switch (kind) {
      case 'fail':
        throw reset();
      case 'refuse':
        throw unreachable();
      case 'throttle':
        throw tooMany();
      case 'lose':
        return await losingAnswers(1, work);
      case 'loseAll':
        return await losingAnswers(Number.POSITIVE_INFINITY, work);
      case 'crashBefore':
        owner.crash();
        return undefined as Result;
      case 'crashAfter':
        await work().catch(() => undefined);
        owner.crash();
        return undefined as Result;
      case 'slow':
        await aside(time.sleep(world, SLOW));
        return await work();
      case 'freeze':
        await freeze(owner);
        return await work();
      case 'twin':
      case 'rival':
        await aside(compete(kind === 'twin' ? 'same' : 'other'));
        return await work();
      default:
        return await work();
    }
  }

  return {
    calls,
    met,
    /** Answers of SES that nobody can know. */
    unknown: () => unknown,
    number,
    /** What one environment's calls go through. */
    passOf(owner: Environment): Pass {
      const own = { underWay: 0, endedAt: Number.NaN, invocation: 0 };
      return {
        async call(what, tries, work) {
          if (owner.dead) return await never();
          const isNext = own.invocation === owner.invocations && own.endedAt === time.now();
          const chained = isNext && own.underWay === 0;
          const kind = number({ by: owner.name, what, tries, chained });
          underWay += 1;
          own.underWay += 1;
          try {
            const result = await befall(kind, owner, work);
            if (owner.frozen) await aside(owner.thawed);
            return owner.dead ? await gone() : result;
          } catch (error) {
            if (owner.dead) return await gone();
            throw error;
          } finally {
            underWay -= 1;
            own.underWay -= 1;
            own.endedAt = time.now();
            own.invocation = owner.invocations;
          }
        },
        async attempt(work) {
          const store = losing.getStore();
          if (!store || store.answers === 0) return await work();
          store.answers -= 1;
          store.lost += 1;
          await work().catch(() => undefined);
          throw reset();
        },
      };
    },
    /** Waits until nobody has a call under way and nobody is about to make one. */
    async quiet(): Promise<void> {
      for (let still = 0; still < 2; still += underWay === 0 ? 1 : 0) {
        if (underWay > 0) still = 0;
        await nextTurn();
      }
    },
  };

  /** A crash is caught by nobody: whoever waits for the call waits for ever. */
  async function gone(): Promise<never> {
    underWay -= 1;
    return await never();
  }
}
