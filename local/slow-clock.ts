import type { ServerResponse } from 'node:http';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { promisify } from 'node:util';

/**
 * How many times slower than the machine's the clock of this process goes, and since when: `3@1760000000000`. The test
 * runner sets it for each test file; all processes and threads that the file starts read the same.
 */
const { MAILLAYER_SLOW_CLOCK: SETTING } = process.env;

/** The setting as a variable, for a thread that has an environment of its own. */
export const SLOW_CLOCK_VARIABLE: Readonly<Record<string, string>> =
  SETTING === undefined ? {} : { MAILLAYER_SLOW_CLOCK: SETTING };

const PATCHED = Symbol.for('maillayer.slow-clock');

type Globals = Pick<typeof globalThis, 'Date' | 'setTimeout' | 'setInterval'>;
type Wait = (delay?: number, ...rest: unknown[]) => unknown;
type Timer = (fire: (...args: unknown[]) => void, delay?: number, ...args: unknown[]) => unknown;

/** What a thread has once, whatever contexts it has: Node's own modules, and the signals that time out. */
function slowThread(factor: number): void {
  const require = createRequire(import.meta.url);
  const timers = require('node:timers') as Record<string | symbol, Timer>;
  if (timers[PATCHED]) return;
  const waits = require('node:timers/promises') as Record<string, Wait>;
  for (const name of ['setTimeout', 'setInterval'] as const) {
    const wait = waits[name] as Wait;
    waits[name] = (delay = 1, ...rest) => wait(delay * factor, ...rest);
    timers[name] = slowTimer(timers[name] as Timer, factor);
  }
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (milliseconds) => timeout(milliseconds * factor);
  // Node dates its answers by the machine's time, from which the SDK would conclude that its own clock is wrong.
  const { prototype } = (require('node:http') as typeof import('node:http')).Server;
  const emit = prototype.emit as (event: string, ...args: unknown[]) => boolean;
  prototype.emit = function emitUndated(event: string, ...args: unknown[]) {
    if (event === 'request') (args[1] as ServerResponse).sendDate = false;
    return emit.call(this, event, ...args);
  };
  timers[PATCHED] = () => undefined;
  syncBuiltinESMExports();
}

function slowTimer(timer: Timer, factor: number): Timer {
  const slow: Timer = (fire, delay = 1, ...args) => timer(fire, delay * factor, ...args);
  // Its form that gives a promise is the one of node:timers/promises, which is slow already.
  const wait = (timer as { [promisify.custom]?: unknown })[promisify.custom];
  return Object.assign(slow, wait ? { [promisify.custom]: wait } : {});
}

function slowDate(RealDate: DateConstructor, factor: number, since: number): DateConstructor {
  const realNow = RealDate.now;
  const now = () => since + Math.floor((realNow() - since) / factor);
  // A test may put another clock in its place.
  let shown = now;
  return new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? shown : Reflect.get(target, name)),
    set: (target, name, value) => {
      if (name !== 'now') return Reflect.set(target, name, value);
      shown = value;
      return true;
    },
  });
}

/**
 * Slows the clock and all timers down, so that on a slow machine every deadline, timeout, rate and schedule is longer by
 * the same factor, and nothing fails that would not fail on a quick one. `performance.now()` shows the machine's own time.
 *
 * @param globals of the context whose clock it is
 */
export function slowClock(globals: Globals & { [PATCHED]?: true }): void {
  const [factor = 1, since = 0] = (SETTING ?? '').split('@').map(Number);
  if (!(factor > 1) || globals[PATCHED]) return;
  globals[PATCHED] = true;
  slowThread(factor);
  globals.Date = slowDate(globals.Date, factor, since);
  globals.setTimeout = slowTimer(globals.setTimeout as Timer, factor) as typeof setTimeout;
  globals.setInterval = slowTimer(globals.setInterval as Timer, factor) as typeof setInterval;
}

slowClock(globalThis);
