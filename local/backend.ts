import { type Assembly, readAssembly } from './assembly.ts';
import type { Cleanup } from './cleanup.ts';
import type { Message } from './cognito/message.ts';
import { type Cognito, startCognito } from './cognito/server.ts';
import type { DataDirectory } from './data-directory.ts';
import { type Clients, createClients, type Endpoints } from './emulators/clients.ts';
import { startMail } from './emulators/mail.ts';
import { type Messaging, startMessaging } from './emulators/messaging.ts';
import { startTableEngine } from './emulators/table-engine.ts';
import { type Kms, startKms } from './kms/server.ts';
import { deployResources } from './resources/deploy.ts';
import { deployKeys } from './resources/keys.ts';
import { readUserPool } from './resources/user-pool.ts';
import { messageOf, StartError } from './start-error.ts';
import { synthesize } from './synthesize.ts';
import type { SystemOptions } from './system-options.ts';
import { openTemplate, type Template } from './template/template.ts';

/** Everything that the functions need: the template with its resources created in the emulators. */
export interface Backend {
  readonly template: Template;
  readonly assembly: Assembly;
  readonly clients: Clients;
  readonly cognito: Cognito;
  readonly endpoints: Endpoints;
}

/** What starting the backend works with. */
export interface BackendOptions {
  readonly options: SystemOptions;
  readonly directory: DataDirectory;
  readonly cleanup: Cleanup;
  readonly signal: AbortSignal;
  readonly onProgress: (sentence: string) => void;
  /** Takes what Cognito would have mailed. */
  readonly onMessage: (message: Message) => void;
}

/**
 * Synthesizes the stack while the emulators start, and creates its resources in them.
 *
 * @throws StartError when a file in the data directory is damaged, or the template is not for here.
 */
export async function startBackend(given: BackendOptions): Promise<Backend> {
  const { directory, cleanup, onProgress } = given;
  onProgress('Starting the emulators');
  const synthesis = synthesizedAssembly(given);
  // Awaited below; an emulator that cannot start is reported first.
  synthesis.catch(() => undefined);
  const { clients, cognito, messaging, tableUrl, kms } = await startEmulators(given);
  const assembly = await synthesis;
  const template = openTemplate(assembly.template, messaging.queueUrl);

  onProgress('Creating the table, queues, topics, buckets and keys');
  deployKeys(template, kms);
  const pool = readUserPool(template);
  if (pool !== undefined) cognito.configure(pool);
  await deployResources(template, clients);
  // After the topics: at once it publishes the events that an earlier run could not.
  const file = directory.file('mail.db');
  const { publishing } = given.options;
  const ses = await intact(directory, () => startMail(file, clients.sns, publishing));
  cleanup.add(() => ses.stop());
  ses.configure(template);
  const endpoints = {
    dynamodb: tableUrl,
    ses: ses.url,
    sqs: messaging.url,
    s3: messaging.url,
    kms: kms.url,
    cognito: cognito.url,
    dns: ses.dns,
  };
  return { template, assembly, clients, cognito, endpoints };
}

async function synthesizedAssembly({ options, signal, onProgress }: BackendOptions) {
  if (options.assembly !== undefined) return readAssembly(options.assembly);
  const context = { ...options.context, timeScale: String(options.timeScale ?? 1) };
  return readAssembly(await synthesize(context, { signal, onProgress }));
}

interface Emulators {
  readonly clients: Clients;
  readonly cognito: Cognito;
  readonly messaging: Messaging;
  readonly kms: Kms;
  readonly tableUrl: string;
}

async function startEmulators(given: BackendOptions): Promise<Emulators> {
  const { directory, options, cleanup, onMessage } = given;
  const crashed = (part: string) => (reason: Error) =>
    options.onCrash?.(new StartError(`${part} has stopped working: ${reason.message}`));
  /** Also one that has started when another could not is stopped. */
  const start = async <T extends { stop(): Promise<void> }>(open: () => Promise<T>): Promise<T> => {
    const started = await intact(directory, open);
    cleanup.add(() => started.stop());
    return started;
  };
  const starting = [
    start(() => startTableEngine(directory.file('table'), crashed('The table'))),
    start(() => startMessaging(directory.file('messaging'), crashed('The emulator of the queues'))),
    start(() => startKms({ file: directory.file('keys.json') })),
    start(() => startCognito({ directory: directory.file('cognito'), onMessage })),
  ] as const;
  await Promise.allSettled(starting);
  const [table, messaging, kms, cognito] = await Promise.all(starting);
  const clients = createClients(table.url, messaging.url);
  cleanup.add(() => {
    for (const client of Object.values(clients)) client.destroy();
  });
  return { clients, cognito, messaging, kms, tableUrl: table.url };
}

/** Runs what opens a file of the data directory, and says what to do if that is damaged. */
async function intact<T>(directory: DataDirectory, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    throw new StartError(
      `The data directory ${directory.path} is damaged (${messageOf(error)}): ` +
        'delete it, or choose another with --data-dir.',
    );
  }
}
