import { type Backend, startBackend } from './backend.ts';
import { ROOT } from './child-process.ts';
import { Cleanup } from './cleanup.ts';
import { readDistribution } from './cloudfront/distribution.ts';
import { canServeLive, type LivePage, startLivePage } from './cloudfront/live-page.ts';
import { localPolicy } from './cloudfront/security-policy.ts';
import { type DistributionServer, startDistribution } from './cloudfront/server.ts';
import { lineOf, type Message } from './cognito/message.ts';
import { type DataDirectory, openDataDirectory } from './data-directory.ts';
import { deployCustomResources } from './deployment/custom-resources.ts';
import type { Endpoints } from './emulators/clients.ts';
import { type HttpApi, startHttpApi } from './http/server.ts';
import { startReloading } from './reload.ts';
import { SEED_DOMAIN, type SeededKeys, seed } from './seed.ts';
import { confirmSeedUser, SEED_USER } from './seed-user.ts';
import type { SystemOptions } from './system-options.ts';
import { REGION } from './template/aws.ts';
import { startWorkload, type Workload } from './workload.ts';

/** The running local system. */
export interface System {
  readonly apiUrl: string;
  readonly inboxUrl: string;
  /** Without a slash at its end; null where the template has no distribution. */
  readonly dashboardUrl: string | null;
  /** Where its state is, as an absolute path. */
  readonly dataDir: string;
  /** The seeded, verified domain and the account's keys; undefined when not seeded. */
  readonly domain: string;
  readonly apiKeys: SeededKeys | undefined;
  /** Who signs in to the dashboard; undefined when not seeded. */
  readonly dashboard: { readonly email: string; readonly password: string } | undefined;
  readonly endpoints: Endpoints;
  readonly tableName: string;
  stop(): Promise<void>;
}

/**
 * Starts the whole system that the template describes on this machine.
 *
 * @throws StartError with one clear sentence; what had been started by then is stopped.
 */
export async function startSystem(options: SystemOptions): Promise<System> {
  const cleanup = new Cleanup();
  try {
    const system = await start(options, cleanup);
    return { ...system, stop: () => cleanup.run() };
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

interface Doors {
  readonly api: HttpApi;
  readonly pages: DistributionServer;
}

async function start(options: SystemOptions, cleanup: Cleanup): Promise<Omit<System, 'stop'>> {
  const { onProgress = () => undefined } = options;
  const directory = openDataDirectory(options.dataDir);
  cleanup.add(() => directory.close());
  // Those of a system that was killed: whoever waits for them must not find dead addresses.
  await directory.remove('local.json', 'endpoints.json');
  const doors = await openDoors(options, cleanup);
  const children = new AbortController();
  const signal = AbortSignal.any([children.signal, ...(options.signal ? [options.signal] : [])]);
  cleanup.add(() => children.abort());
  const onMessage = messageSink(options);
  const given = { options, directory, signal, cleanup, onProgress, onMessage };
  const backend = await startBackend(given);

  onProgress('Starting the functions');
  const workload = startWorkload({
    ...backend,
    timeScale: options.timeScale ?? 1,
    mappings: options.mappings ?? true,
    unhurried: options.unhurried ?? false,
    endpointsOf: options.endpointsOf ?? ((_, own) => own),
    sink: options.onLine ?? (() => undefined),
  });
  cleanup.add(() => workload.stop());
  const live = livePage(options, signal);
  const urls = await serve(doors, { backend, workload, cleanup, live });
  const tableName = await writeEndpoints(directory, backend, cleanup);

  onProgress(
    options.seed === false ? 'Creating the custom resources' : 'Creating the local account',
  );
  const deployed = deployCustomResources(backend.template, workload.functionOf);
  const seeding = options.seed !== false;
  const apiKeys = seeding
    ? await seedAccount({ backend, deployed, dataDir: directory.path, signal })
    : undefined;
  await deployed;
  signal.throwIfAborted();
  const dashboard = seeding ? SEED_USER : undefined;
  const programs = { ...urls, domain: SEED_DOMAIN, apiKeys, dashboard };
  await directory.writeJson('local.json', programs);
  if (options.watch !== undefined) {
    const say = (sentence: string) => options.onLine?.('local', sentence);
    await startReloading({ root: options.watch, workload, say, signal, cleanup });
  }
  return { ...programs, dataDir: directory.path, endpoints: backend.endpoints, tableName };
}

/** Both ports at once: that one is taken shows before anything else is started. */
async function openDoors(options: SystemOptions, cleanup: Cleanup): Promise<Doors> {
  const api = await startHttpApi(options.port);
  cleanup.add(() => api.stop());
  const pages = await startDistribution(options.dashboardPort ?? 0);
  cleanup.add(() => pages.stop());
  return { api, pages };
}

interface Inside {
  readonly backend: Backend;
  readonly workload: Workload;
  readonly cleanup: Cleanup;
  readonly live: LivePage | undefined;
}

/** The page from its sources where they are watched, and the tools for it installed. */
function livePage({ watch, onLine }: SystemOptions, signal: AbortSignal): LivePage | undefined {
  if (watch !== ROOT) return undefined;
  const say = (sentence: string) => onLine?.('dashboard', sentence);
  if (canServeLive()) return startLivePage(signal, say);
  say('Changes of the dashboard show after a restart: "npm ci" installs what shows them at once.');
  return undefined;
}

async function serve({ api, pages }: Doors, { backend, workload, cleanup, live }: Inside) {
  const { template, endpoints, clients } = backend;
  api.serve(workload.routes);
  const distribution = readDistribution(template, (policy) =>
    localPolicy(policy, endpoints.cognito, live?.nonce),
  );
  if (distribution === undefined) {
    await pages.stop();
  } else {
    const configuration = {
      signInFlow: 'USER_PASSWORD_AUTH',
      userPoolEndpoint: endpoints.cognito,
    };
    pages.serve({ distribution, s3: clients.s3, apiUrl: api.url, configuration, live });
  }
  // Requests under way are answered before what answers them is stopped.
  cleanup.add(() => api.stop());
  cleanup.add(() => pages.stop());
  const dashboardUrl = distribution === undefined ? null : pages.url;
  return { apiUrl: api.url, inboxUrl: `${endpoints.ses}/`, dashboardUrl };
}

/** For the administration and for who runs the functions elsewhere; gives the table's name. */
async function writeEndpoints(
  directory: DataDirectory,
  { template, assembly, endpoints }: Backend,
  cleanup: Cleanup,
): Promise<string> {
  const [table] = template.resources('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable');
  const tableName = table?.name ?? '';
  cleanup.add(() => directory.remove('local.json', 'endpoints.json'));
  const assemblyDirectory = assembly.directory;
  const file = { region: REGION, tableName, endpoints, assemblyDirectory };
  await directory.writeJson('endpoints.json', file);
  return tableName;
}

interface Seeding {
  readonly backend: Backend;
  readonly deployed: Promise<void>;
  readonly dataDir: string;
  readonly signal: AbortSignal;
}

async function seedAccount({ backend, deployed, dataDir, signal }: Seeding) {
  const { template, cognito, endpoints } = backend;
  const user = deployed.then(() => confirmSeedUser(template, cognito));
  return seed({ dataDir, sesUrl: endpoints.ses, user, signal });
}

/** Shows what Cognito would have mailed, but for the operator's first password: it is replaced at once. */
function messageSink({ seed: seeding, onLine }: SystemOptions): (message: Message) => void {
  return (message) => {
    const isReplaced = message.source === 'AdminCreateUser' && message.email === SEED_USER.email;
    if (seeding === false || !isReplaced) onLine?.('sign-in', lineOf(message));
  };
}
