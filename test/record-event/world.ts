import { randomBytes } from 'node:crypto';
import type { Email } from '../../lambdas/core/email/email.ts';
import { emailView } from '../../lambdas/core/email/view.ts';
import { emailFacts } from '../../lambdas/core/table/email-store.ts';
import { endpointReads, endpointStore } from '../../lambdas/core/table/endpoint-store.ts';
import { statisticsStore } from '../../lambdas/core/table/statistics-store.ts';
import { suppressionStore } from '../../lambdas/core/table/suppression-store.ts';
import {
  DEFAULT_EVENTS,
  type Endpoint,
  WEBHOOK_EVENTS,
} from '../../lambdas/core/webhook/endpoint.ts';
import { createHandler, type RecordEventDeps } from '../../lambdas/record-event/handler.ts';
import { emailStore } from '../contracts/emails.ts';
import { startTable } from '../contracts/table-fixture.ts';
import { anEmail, memoryLog, NOW } from '../core/email/fakes.ts';
import { at, type RawEvent, sesEvents } from '../core/email/ses-events.ts';
import { batchOf } from '../core/queue/fake-batch.ts';

/** When the tests look at what came of it: before anything ends by itself. */
const LATER = NOW + 24 * 3600 * 1000;

/** 24 random hex digits. */
export const hex24 = () => randomBytes(12).toString('hex');

type Ses = ReturnType<typeof sesEvents>;
/** An event, once it is known which email it is about. */
export type EventOf = (ses: Ses) => RawEvent | string;

/** Two endpoints of live mail, one of which wants everything, and one of the other environment. */
function endpointsOf(account: string): Endpoint[] {
  const endpoint = { account, url: 'https://hooks.example.com/', secrets: [], createdAt: at(0) };
  return [
    { ...endpoint, id: '1'.repeat(24), environment: 'live', events: WEBHOOK_EVENTS },
    { ...endpoint, id: '2'.repeat(24), environment: 'live', events: DEFAULT_EVENTS },
    { ...endpoint, id: '3'.repeat(24), environment: 'test', events: WEBHOOK_EVENTS },
  ];
}

/** An account of its own with one email and endpoints; the ids of the latter are the same in each. */
export type Scene = {
  readonly email: Email;
  readonly ses: Ses;
  readonly deps: RecordEventDeps;
  readonly parked: string[];
  readonly counts: string[];
  readonly lines: ReturnType<typeof memoryLog>['lines'];
  /** Hands events over in one batch; the failures. */
  record(...events: readonly EventOf[]): Promise<number>;
  /** All that the events have led to. */
  outcome(): Promise<{ view: unknown; suppressions: unknown; webhooks: unknown }>;
};

/** What a scene begins with. */
export type Setting = {
  readonly changes?: Partial<Email>;
  /** What the record has instead, or null for no record. */
  readonly kept?: Partial<Email> | null;
  /** An account that is there, with its endpoints. */
  readonly account?: string;
};

/** The real stores on the table engine; only the queues are fakes. */
export async function openWorld() {
  const { table, stop } = await startTable();
  const emails = emailStore(table);
  const suppressions = suppressionStore(table);
  const endpoints = endpointStore(table);
  const statistics = statisticsStore(table);

  async function open({ changes = {}, kept, account }: Setting = {}): Promise<Scene> {
    const owner = account ?? hex24();
    const email = anEmail({ account: owner, ...changes });
    await Promise.all([
      ...(kept === null ? [] : [emails.put({ ...email, ...kept })]),
      ...(account ? [] : endpointsOf(owner).map((endpoint) => endpoints.create(endpoint))),
    ]);
    const sent = new Map<string, Set<string>>();
    const parked: string[] = [];
    const counts: string[] = [];
    const { log, lines } = memoryLog();
    const send: RecordEventDeps['webhooks']['send'] = async (messages) => {
      for (const { message } of messages) {
        const { id, endpoint, event } = message;
        sent.set(id, (sent.get(id) ?? new Set()).add(JSON.stringify([endpoint, event])));
      }
    };
    const deps: RecordEventDeps = {
      emails: emailFacts(table),
      suppressions,
      endpoints: endpointReads(table),
      webhooks: { send },
      statistics,
      now: () => LATER,
      park: async (_, reason) => void parked.push(reason),
      count: (name) => void counts.push(name),
      log,
    };
    const ses = sesEvents(email);
    return {
      email,
      ses,
      deps,
      parked,
      counts,
      lines,
      async record(...events) {
        const batch = batchOf(...events.map((event) => event(ses)));
        for (const record of batch.Records) record.attributes.SentTimestamp = String(NOW + 5000);
        return (await createHandler(deps)(batch)).batchItemFailures.length;
      },
      async outcome() {
        const found = await emails.find(owner, email.id);
        const page = await suppressions.list(owner, { limit: 50 }, LATER);
        const byAddress = page.entries.toSorted((a, b) => (a.address < b.address ? -1 : 1));
        const webhooks = [...sent].map(([id, said]) => [id, [...said]]).sort();
        return { view: found && emailView(found), suppressions: byAddress, webhooks };
      },
    };
  }

  return { open, stop, table };
}

/** What the tests of recording play in. */
export type World = Awaited<ReturnType<typeof openWorld>>;

/** Works through a list, so many at a time. */
export async function inParallel<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
