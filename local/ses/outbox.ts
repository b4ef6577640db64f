import type { Store } from './store.ts';

export type Publish = (topicArn: string, message: string) => Promise<void>;

export type Outbox = {
  /** Writes one message; call it inside the transaction of what it tells about. */
  add(topicArn: string, message: string, dueAt: number): void;
  /** Publishes some of what is due; how much there was to publish. */
  publishDue(): Promise<number>;
  /** When the next message is due, ms since the epoch; undefined without any. */
  next(): number | undefined;
  /** Publishes automatically from now on; `wake` after a commit avoids the wait for the next look. */
  start(): void;
  wake(): void;
  stop(): Promise<void>;
};

type Row = {
  readonly seq: number;
  readonly topic_arn: string;
  readonly message: string;
  readonly tries: number;
};

const AT_ONCE = 16;
/** Real time between two looks: what is due depends on a clock that tests may turn. */
const LOOK_MS = 50;
const RETRY_FIRST_MS = 100;
const RETRY_MOST_MS = 5000;
/** How long `stop` waits for what is being published; unmarked, it is published again at the next start. */
const STOP_MS = 1000;

/** Publishes what is due, then deletes it; what fails is tried again until it succeeds. */
export function createOutbox(db: Store, publish: Publish, now: () => number): Outbox {
  const insert = db.prepare('INSERT INTO outbox (topic_arn, message, due_at) VALUES (?, ?, ?)');
  const due = db.prepare(
    'SELECT seq, topic_arn, message, tries FROM outbox WHERE due_at <= ? ORDER BY due_at, seq LIMIT ?',
  );
  const earliest = db.prepare('SELECT min(due_at) AS at FROM outbox');
  const done = db.prepare('DELETE FROM outbox WHERE seq = ?');
  const again = db.prepare('UPDATE outbox SET tries = tries + 1, due_at = ? WHERE seq = ?');
  let stopped = false;
  let wakeUp = () => {};
  let running: Promise<void> = Promise.resolve();

  const publishOne = async (row: Row) => {
    try {
      await publish(row.topic_arn, row.message);
      if (!stopped) done.run(row.seq);
    } catch {
      const pause = Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** Math.min(row.tries, 10));
      if (!stopped) again.run(now() + pause, row.seq);
    }
  };

  const publishDue = async () => {
    const rows = due.all(now(), AT_ONCE) as Row[];
    await Promise.all(rows.map(publishOne));
    return rows.length;
  };

  const loop = async () => {
    while (!stopped) {
      if ((await publishDue()) > 0) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK_MS);
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };

  return {
    add: (topicArn, message, dueAt) => void insert.run(topicArn, message, dueAt),
    publishDue,
    next: () => (earliest.get() as { at: number | null }).at ?? undefined,
    start() {
      running = loop();
    },
    wake: () => wakeUp(),
    async stop() {
      stopped = true;
      wakeUp();
      await Promise.race([running, new Promise((resolve) => setTimeout(resolve, STOP_MS).unref())]);
    },
  };
}
