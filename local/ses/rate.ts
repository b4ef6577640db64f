const SECOND = 1000;

export type Rate = {
  /** Takes room for a mail of `recipients` at `now`, or takes nothing and says false. */
  take(now: number, recipients: number): boolean;
  /** Says whether the mail's first recipient has room at `now`. */
  hasRoom(now: number): boolean;
};

/**
 * SES's maximum send rate: at most `maxSendRate` recipients in any sliding second. A mail goes in
 * whole when its first recipient has room; the others take the room of the moments that follow.
 *
 * @param maxSendRate recipients per second, read at every call; below 1 counts as 1
 */
export function createRate(maxSendRate: () => number): Rate {
  let slots: number[] = [];

  const rate = () => Math.max(1, Math.floor(maxSendRate()));
  const nextSlot = (now: number) => {
    const before = slots.at(-rate());
    return before === undefined ? now : Math.max(now, before + SECOND);
  };
  const hasRoom = (now: number) => nextSlot(now) <= now;

  return {
    hasRoom,
    take(now, recipients) {
      if (!hasRoom(now)) return false;
      for (let i = 0; i < recipients; i += 1) slots.push(nextSlot(now));
      slots = slots.filter((slot) => slot > now - SECOND);
      return true;
    },
  };
}

export type Quota = {
  /** Recipients of the last 24 hours. */
  used(now: number): number;
  add(now: number, recipients: number): void;
};

const DAY = 24 * 60 * 60 * SECOND;

export function createQuota(): Quota {
  let sends: { at: number; recipients: number }[] = [];
  let sum = 0;

  const expire = (now: number) => {
    const first = sends.findIndex((send) => send.at > now - DAY);
    const gone = first === -1 ? sends.length : first;
    if (gone === 0) return;
    for (const send of sends.slice(0, gone)) sum -= send.recipients;
    sends = sends.slice(gone);
  };

  return {
    used(now) {
      expire(now);
      return sum;
    },
    add(now, recipients) {
      sends.push({ at: now, recipients });
      sum += recipients;
    },
  };
}
