import { startBackend } from './backend.ts';
import { Cleanup } from './cleanup.ts';
import { openDataDirectory } from './data-directory.ts';
import type { Endpoints } from './emulators/clients.ts';
import { startHttpApi } from './http/server.ts';
import { SEED_DOMAIN, type SeededKeys, seed } from './seed.ts';
import type { SystemOptions } from './system-options.ts';
import { REGION } from './template/aws.ts';
import { startWorkload } from './workload.ts';

/** The running local system. */
export interface System {
  readonly apiUrl: string;
  readonly inboxUrl: string;
  /** Where its state is, as an absolute path. */
  readonly dataDir: string;
  /** The seeded, verified domain and the account's keys; undefined when not seeded. */
  readonly domain: string;
  readonly apiKeys: SeededKeys | undefined;
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

async function start(options: SystemOptions, cleanup: Cleanup): Promise<Omit<System, 'stop'>> {
  const { onProgress = () => undefined } = options;
  const directory = openDataDirectory(options.dataDir);
  cleanup.add(() => directory.close());
  // Those of a system that was killed: whoever waits for them must not find dead addresses.
  await directory.remove('local.json', 'endpoints.json');
  const api = await startHttpApi(options.port);
  cleanup.add(() => api.stop());

  const children = new AbortController();
  const signal = AbortSignal.any([children.signal, ...(options.signal ? [options.signal] : [])]);
  cleanup.add(() => children.abort());
  const backend = await startBackend({ options, directory, signal, cleanup, onProgress });

  onProgress('Starting the functions');
  const { endpoints, template } = backend;
  const workload = startWorkload({
    ...backend,
    timeScale: options.timeScale ?? 1,
    endpointsOf: options.endpointsOf ?? ((_, own) => own),
    sink: options.onLine ?? (() => undefined),
  });
  cleanup.add(() => workload.stop());
  api.serve(workload.routes);
  // Requests under way are answered before what answers them is stopped.
  cleanup.add(() => api.stop());

  const [table] = template.resources('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable');
  const tableName = table?.name ?? '';
  cleanup.add(() => directory.remove('local.json', 'endpoints.json'));
  await directory.writeJson('endpoints.json', { region: REGION, tableName, endpoints });
  if (options.seed !== false) onProgress('Making the local account');
  const apiKeys =
    options.seed === false ? undefined : await seed(directory.path, endpoints.ses, signal);
  signal.throwIfAborted();
  const urls = { apiUrl: api.url, inboxUrl: `${endpoints.ses}/` };
  const programs = { ...urls, dashboardUrl: null, domain: SEED_DOMAIN, apiKeys };
  await directory.writeJson('local.json', programs);
  return { ...urls, dataDir: directory.path, domain: SEED_DOMAIN, apiKeys, endpoints, tableName };
}
