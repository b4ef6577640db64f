/** Whose timers they are; those of a dead or frozen owner never fire. */
export type Owner = { readonly name: string };

type Timer = {
  readonly at: number;
  readonly order: number;
  readonly owner: Owner;
  readonly fire: () => void;
};

/** A clock that stands still until it is told to go on. */
export type VirtualTime = ReturnType<typeof createVirtualTime>;

/** A clock that begins at `start`, epoch milliseconds. */
export function createVirtualTime(start: number) {
  let now = start;
  let order = 0;
  const timers = new Set<Timer>();

  function first(): Timer | undefined {
    let found: Timer | undefined;
    for (const timer of timers) {
      const earlier = !found || timer.at < found.at;
      if (earlier || (timer.at === found?.at && timer.order < found.order)) found = timer;
    }
    return found;
  }

  return {
    now: () => now,
    /** Calls `fire` once the clock has come so far. */
    at(owner: Owner, when: number, fire: () => void): { cancel(): void } {
      order += 1;
      const timer = { at: Math.max(now, when), order, owner, fire };
      timers.add(timer);
      return { cancel: () => void timers.delete(timer) };
    },
    sleep(owner: Owner, milliseconds: number): Promise<void> {
      return new Promise((resolve) => {
        this.at(owner, now + milliseconds, resolve);
      });
    },
    /** Forgets all that an owner waits for. */
    drop(owner: Owner): void {
      for (const timer of timers) if (timer.owner === owner) timers.delete(timer);
    },
    /** When the next timer fires; undefined without one. */
    next: () => first()?.at,
    /** Goes on to a moment, or to the first timer before it, which fires. */
    advanceTo(when: number): void {
      const timer = first();
      if (!timer || timer.at > when) {
        now = Math.max(now, when);
        return;
      }
      now = Math.max(now, timer.at);
      timers.delete(timer);
      timer.fire();
    },
    /** Forgets everything and stands at `start` again. */
    reset(): void {
      timers.clear();
      now = start;
      order = 0;
    },
  };
}
