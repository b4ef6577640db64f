import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { startNameServer } from '../dns/server.ts';
import { readBody, type Service, startHttpService } from '../service.ts';
import { createAccept } from './accept.ts';
import { createAccount, describeAccount } from './account.ts';
import { type ConfigurationSet, createConfigurationSets } from './configuration-sets.ts';
import { controlRoutes } from './control-api.ts';
import { detailsRoutes } from './details-api.ts';
import { createDnsRecords, type DnsRecords } from './dns-records.ts';
import { badRequest, SesError } from './errors.ts';
import { createFaults } from './faults.ts';
import { findRoute, type Route, regionOf, route, sendError, sendJson } from './http.ts';
import { createIdentities } from './identities.ts';
import { identityRoutes } from './identity-api.ts';
import { inboxRoutes } from './inbox-api.ts';
import { inboxPageRoutes } from './inbox-page.ts';
import { createMails } from './mails.ts';
import { createOutbox, type Outbox, type Publish } from './outbox.ts';
import { restoreRoom } from './room.ts';
import { sendEmail } from './send-email.ts';
import { createStats } from './stats.ts';
import { openStore, type Store } from './store.ts';

/** A running local SES: the SDK's endpoint, the control API under `/_local/`, the inbox page at `/`. */
export type Ses = Service & {
  /** `127.0.0.1:<port>` of a name server that has the records of the identities' domains. */
  readonly dns: string;
  /** Makes or changes a configuration set; a topic it did not have before gets SES's validation sentence. */
  putConfigurationSet(set: ConfigurationSet): void;
};

export type SesParts = {
  /** SQLite file, or `:memory:`. */
  readonly file: string;
  /** Puts one message on an SNS topic; rejected, it is tried again until it succeeds. */
  readonly publish: Publish;
  /** ms since the epoch. @default Date.now */
  readonly now?: () => number;
};

export type SesOptions = SesParts & {
  /** @default 0, any free port */
  readonly port?: number;
};

/** A local SES without ports: `listener` speaks SES v2's REST-JSON protocol. */
export type OpenSes = Pick<Ses, 'putConfigurationSet'> & {
  readonly listener: RequestListener;
  readonly outbox: Outbox;
  readonly recordsOf: DnsRecords['recordsOf'];
  close(): void;
};

/**
 * Opens what the server answers from. A mail and its events are on disk before `SendEmail` is answered; events
 * go out once the outbox is started, or is told to publish.
 *
 * @throws Error when the file is no database
 */
export function openSes({ file, publish, now = Date.now }: SesParts): OpenSes {
  const db = openStore(file);
  const outbox = createOutbox(db, publish, now);
  const configurationSets = createConfigurationSets(db, outbox, now);
  const identities = createIdentities(db);
  const dns = createDnsRecords(db, identities);
  const routes = [...sesRoutes(db, { outbox, configurationSets, identities, now }), ...dns.routes];
  return {
    listener: listener(routes),
    outbox,
    recordsOf: dns.recordsOf,
    putConfigurationSet: (set) => configurationSets.put(set),
    close: () => db.close(),
  };
}

/**
 * Starts a local SES, with a name server. When it stops it closes every connection and the file; what is unpublished
 * is published after the next start.
 *
 * @throws Error when the port is taken or the file is no database
 */
export async function startSes(options: SesOptions): Promise<Ses> {
  const { listener, outbox, recordsOf, putConfigurationSet, close } = openSes(options);
  const { port = 0 } = options;
  const service = await startHttpService(listener, { port }).catch((error: unknown) => {
    close();
    throw error;
  });
  outbox.start();
  const nameServer = await startNameServer(recordsOf);
  return {
    url: service.url,
    dns: nameServer.address,
    putConfigurationSet,
    async stop() {
      await service.stop();
      await nameServer.stop();
      await outbox.stop();
      close();
    },
  };
}

/**
 * The largest request read, in bytes: SES's 40 MB message, whose text JSON may spell longer
 * than it is, and some room.
 */
const MOST_BYTES = 64 * 1024 * 1024;

type Shared = Pick<
  Parameters<typeof createAccept>[0],
  'outbox' | 'configurationSets' | 'identities' | 'now'
>;

function sesRoutes(db: Store, shared: Shared): readonly Route[] {
  const { now, identities } = shared;
  const account = createAccount(db);
  const mails = createMails(db);
  const faults = createFaults();
  const stats = createStats();
  const { rate, quota } = restoreRoom(db, () => account.settings().maxSendRate, now());
  const accept = createAccept({ ...shared, db, account, mails, rate, quota });
  return [
    route('POST', '/v2/email/outbound-emails', sendEmail({ accept, faults, stats })),
    route('GET', '/v2/email/account', (_call, response) => {
      sendJson(response, 200, describeAccount(account.settings(), quota.used(now())));
    }),
    ...detailsRoutes(account),
    ...identityRoutes(identities),
    ...controlRoutes({ account, identities, faults, stats }),
    ...inboxRoutes(mails),
    ...inboxPageRoutes(mails),
  ];
}

function listener(routes: readonly Route[]): RequestListener {
  return (request, response) => {
    answer(routes, request, response).catch((error) => sendError(response, error));
  };
}

async function answer(
  routes: readonly Route[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const method = request.method ?? 'GET';
  const body = await readBody(request, MOST_BYTES);
  if (body === undefined) throw badRequest(`The request is larger than ${MOST_BYTES} bytes.`);
  const found = findRoute(routes, method, url.pathname);
  if (!found) {
    const message = `The local SES does not know ${method} ${url.pathname}.`;
    throw new SesError('UnknownOperationException', message);
  }
  const { handle, params } = found;
  const host = request.headers.host ?? '127.0.0.1';
  const region = regionOf(request);
  await handle({ params, query: url.searchParams, region, host, body }, response);
}
