import { createInterface } from 'node:readline';
import { startNode } from './child-process.ts';
import { messageOf, StartError } from './start-error.ts';

/** The verified domain that every local system has. */
export const SEED_DOMAIN = 'maillayer.test';

/** The same in every clone, so that a saved request works anywhere. They open nothing but local tables. */
const SECRETS = {
  live: 'LocalLiveKeyOfEveryCloneAAAAAA',
  test: 'LocalTestKeyOfEveryCloneAAAAAA',
} as const;

/** The keys that seeding made. */
export interface SeededKeys {
  readonly live: string;
  readonly test: string;
}

/** Sends one command to the administration and gives its answer. */
type Administer = (...command: readonly string[]) => Promise<Readonly<Record<string, unknown>>>;

/** Where the account is made, and for whom. */
export interface SeedOptions {
  readonly dataDir: string;
  /** Where the domain's verification is completed on demand. */
  readonly sesUrl: string;
  /** The user's id, `sub`, once there is the user. */
  readonly user: Promise<string>;
  readonly signal: AbortSignal;
}

/**
 * Makes the local user's account with its domain and keys through `bin/admin.ts`; what is there stays.
 */
export async function seed({ dataDir, sesUrl, user, signal }: SeedOptions): Promise<SeededKeys> {
  // Awaited below, beside the start of the administration.
  user.catch(() => undefined);
  return withAdministration(dataDir, signal, async (administer) => {
    const owner = ['--user', await user];
    const made = await administer(
      ...['account', 'create', '--name', 'Local', '--plan', 'Operator', ...owner],
    );
    const of = ['--account', String(made.id)];
    await administer('domain', 'add', SEED_DOMAIN, ...of);
    await completeVerification(sesUrl, signal);
    await administer('domain', 'verify', SEED_DOMAIN, ...of);
    const makeKey = async (environment: 'live' | 'test') => {
      const secret = SECRETS[environment];
      const options = ['--environment', environment, '--scope', 'full', '--secret', secret];
      const made = await administer('key', 'create', ...of, ...options, '--name', 'Local');
      return String(made.key);
    };
    return { live: await makeKey('live'), test: await makeKey('test') };
  });
}

/** Does for the seeded domain what DNS records do for a real one. */
async function completeVerification(sesUrl: string, signal: AbortSignal): Promise<void> {
  const url = `${sesUrl}/_local/identities/${SEED_DOMAIN}/verify`;
  const response = await fetch(url, { method: 'POST', signal });
  if (!response.ok) throw new Error(`${SEED_DOMAIN} cannot be verified: ${await response.text()}`);
  await response.body?.cancel();
}

/** Runs `work` beside one administration process, which reads a command a line and answers each. */
async function withAdministration<T>(
  dataDir: string,
  signal: AbortSignal,
  work: (administer: Administer) => Promise<T>,
): Promise<T> {
  const args = ['bin/admin.ts', 'batch', '--json', '--data-dir', dataDir];
  const child = startNode(args, {}, signal);
  const ended = new Promise<void>((resolve) => {
    child.on('error', () => resolve());
    child.on('close', () => resolve());
  });
  const complaints: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text));
  // A process that ended early cannot be written to; its missing answer says so below.
  child.stdin.on('error', () => undefined);
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  const administer: Administer = async (...command) => {
    child.stdin.write(`${JSON.stringify(command)}\n`);
    const answer = await answers.next();
    if (answer.done === true) throw new Error(complaints.join('').trim() || 'it ended early');
    const result = JSON.parse(answer.value) as Readonly<Record<string, unknown>>;
    if (result.error !== undefined) throw new Error(`${command.join(' ')}: ${result.error}`);
    return result;
  };
  try {
    return await work(administer);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof StartError) throw error;
    throw new StartError(`The local account could not be created: ${messageOf(error)}`);
  } finally {
    child.stdin.end();
    await ended;
  }
}
