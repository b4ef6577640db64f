import { AsyncLocalStorage } from 'node:async_hooks';
import type { Socket } from 'node:net';
import type { DatabaseSync } from 'node:sqlite';
import { buildApp } from 'fauxqs';

/** Queues, topics and objects. */
export type Stores = NonNullable<NonNullable<Parameters<typeof buildApp>[0]>['stores']>;

/** fauxqs' write-through store, as far as it is used here. */
interface Persistence {
  readonly db: DatabaseSync;
  load(sqs: Stores['sqsStore'], sns: Stores['snsStore'], s3: Stores['s3Store']): void;
  updateMessageReady(messageId: string): void;
  close(): void;
}

/** A queue of fauxqs, as far as it is changed here. */
interface Queue {
  dequeue(...args: unknown[]): unknown[];
}

/**
 * fauxqs composed from its parts.
 *
 * Its own `startFauxqs` listens on every network interface, which a system with known keys must not
 * do, waits for the disk at every write, gives messages to receives whose callers have gone, and (in 2.4.1)
 * loses a message whose visibility is set to 0 while it writes to disk, because it sets a count to NULL that its
 * table forbids.
 */
export async function openFauxqs(directory: string) {
  const stores = await openStores();
  const { PersistenceManager } = await part<{
    PersistenceManager: new (directory: string) => Persistence;
  }>('persistence.js');
  const persistence = new PersistenceManager(directory);
  // Enough to survive a killed process, which is what is promised; a cut of power may cost the last writes.
  persistence.db.exec('PRAGMA synchronous = NORMAL');
  const makeReady = persistence.db.prepare(
    'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
  );
  persistence.updateMessageReady = (messageId) => void makeReady.run(messageId);

  persistence.load(stores.sqsStore, stores.snsStore, stores.s3Store);
  keepWritten(stores, persistence);

  const app = buildApp({ logger: false, stores });
  app.server.keepAliveTimeout = 0;
  await giveOnlyToWhoIsThere(app);
  app.addHook('onClose', (_app, done) => {
    persistence.close();
    done();
  });
  return app;
}

/**
 * A receive waits for up to 20 s, also when its caller has gone meanwhile. What came then would be taken by nobody and
 * hidden from everybody for its visibility timeout.
 */
async function giveOnlyToWhoIsThere(app: ReturnType<typeof buildApp>): Promise<void> {
  const callers = new AsyncLocalStorage<Socket>();
  app.addHook('preHandler', (request, _reply, done) => callers.run(request.raw.socket, done));
  const { SqsQueue } = await part<{ SqsQueue: { prototype: Queue } }>('sqs/sqsStore.js');
  const { dequeue } = SqsQueue.prototype;
  SqsQueue.prototype.dequeue = function (...args) {
    return callers.getStore()?.writable === false ? [] : dequeue.apply(this, args);
  };
}

/** What fauxqs holds, empty; it lasts as long as this process unless it is written down. */
export async function openStores(): Promise<Stores> {
  const { SqsStore } = await part<{ SqsStore: new () => Stores['sqsStore'] }>('sqs/sqsStore.js');
  const { SnsStore } = await part<{ SnsStore: new () => Stores['snsStore'] }>('sns/snsStore.js');
  const { S3Store } = await part<{ S3Store: new () => Stores['s3Store'] }>('s3/s3Store.js');
  const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  // Without a host of its own it answers with the host that was asked, which is always reachable.
  stores.sqsStore.host = '';
  return stores;
}

/** From here on each change is written; while loading, writing would delete what is being read. */
function keepWritten({ sqsStore, snsStore, s3Store }: Stores, persistence: Persistence): void {
  for (const store of [sqsStore, snsStore, s3Store, ...sqsStore.allQueues()]) {
    Object.assign(store, { persistence });
  }
}

/** The package exports only its front door; its parts lie beside it. */
function part<T>(path: string): Promise<T> {
  return import(new URL(path, import.meta.resolve('fauxqs')).href) as Promise<T>;
}
