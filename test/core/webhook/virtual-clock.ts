/** A clock that stands still until nothing else can happen. */
export type VirtualClock = ReturnType<typeof virtualClock>;

type Timer = { readonly at: number; readonly order: number; readonly ring: () => void };

const before = (a: Timer, b: Timer) => a.at < b.at || (a.at === b.at && a.order < b.order);

/** Puts a timer in its place among the sorted ones. */
function insert(timers: Timer[], timer: Timer): void {
  let [from, to] = [0, timers.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    // Latest first, so that the next one is cheap to take.
    if (before(timers[middle] ?? timer, timer)) to = middle;
    else from = middle + 1;
  }
  timers.splice(from, 0, timer);
}

const macrotask = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * A virtual clock. Work that goes on in the real world (a table engine) is wrapped in `during`, so that no
 * virtual time passes meanwhile.
 */
export function virtualClock(start: number) {
  let now = start;
  let order = 0;
  let busy = 0;
  const timers: Timer[] = [];
  const problems: unknown[] = [];
  const at = (time: number, ring: () => void) => {
    order += 1;
    insert(timers, { at: Math.max(now, time), order, ring });
  };
  const quiet = async () => {
    do await macrotask();
    while (busy > 0);
  };
  const next = (until: number) => {
    const first = timers.at(-1);
    return first && first.at <= until ? timers.pop() : undefined;
  };
  return {
    now: () => now,
    at,
    sleep: (milliseconds: number) =>
      new Promise<void>((resolve) => at(now + milliseconds, resolve)),
    async during<Result>(work: Promise<Result>): Promise<Result> {
      busy += 1;
      try {
        return await work;
      } finally {
        busy -= 1;
      }
    },
    /** Starts work that nobody waits for; where it fails, `runUntil` does. */
    start(work: () => Promise<unknown>) {
      work().catch((problem) => problems.push(problem));
    },
    /** Turns the clock to a time, through everything that is to happen until then. */
    async runUntil(until: number) {
      for (;;) {
        await quiet();
        if (problems.length > 0) throw problems[0];
        const timer = next(until);
        if (!timer) break;
        now = timer.at;
        timer.ring();
      }
      now = until;
    },
  };
}
