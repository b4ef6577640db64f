import { SQSClient } from '@aws-sdk/client-sqs';
import { startRecorder } from '../../../bench/aws-calls.ts';
import { until } from '../../kit/patience.ts';
import { scheduledFunctions } from '../../kit/scheduled-functions.ts';
import {
  administer,
  fetchAgain,
  NO_LIMITS,
  startWorld,
  type Told,
  type World,
} from '../input/world.ts';
import { type Canary, keyCanary, type Mail, mailCanaries, secretCanary } from './canaries.ts';
import { startEchoingReceiver } from './echoing-receiver.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';

/** An answer that was an error, with what was asked. */
export type Refused = { readonly asked: string; readonly told: Told };

/** What a request says besides method and path. */
export type Asking = {
  /** A key, or a whole `Authorization` header where it has a space. */
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A system whose lines, errors and calls are all kept, and canaries to look for in them. */
export type Stage = {
  readonly world: World;
  readonly faults: FaultProxy;
  readonly recorder: Awaited<ReturnType<typeof startRecorder>>;
  readonly queues: SQSClient;
  /** A key of an account that may send one email a month and one request a second. */
  readonly limitedKey: string;
  /** Every line that a function wrote, as it wrote it. */
  readonly lines: readonly { readonly from: string; readonly line: string }[];
  readonly refused: readonly Refused[];
  /** Canaries of everything so far. */
  readonly canaries: Canary[];
  /** How many requests were sent. */
  requests(): number;
  /** A new mail's canaries, which are looked for from now on. */
  newMail(): Mail;
  ask(method: string, path: string, asking?: Asking): Promise<Told>;
  /** Until the functions have written nothing for a while. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
};

const LIMITED = {
  plans: {
    ...NO_LIMITS.plans,
    Free: { emailsPerMonth: 1, domains: 1, requestsPerSecond: 1 },
  },
};

async function limitedAccount({ system }: World): Promise<string> {
  const answers: Readonly<Record<string, unknown>>[] = [];
  async function* commands(): AsyncGenerator<readonly string[]> {
    yield ['account', 'create', '--name', 'Limited', '--plan', 'Free'];
    const of = ['--account', String(answers[0]?.id), '--name', 'Limited'];
    yield ['key', 'create', ...of, '--environment', 'live', '--scope', 'full'];
  }
  await administer(system.dataDir, commands(), (answer) => answers.push(answer));
  return String(answers[1]?.key);
}

/** Milliseconds without a line that count as quiet. */
const QUIET = 2500;

/** Endpoints for live and for test mail, whose secrets are canaries; one of them is rotated. */
async function makeEndpoints(world: World, url: string): Promise<Canary[]> {
  const secrets: string[] = [];
  for (const environment of ['live', 'test']) {
    const events = [
      'email.sent',
      'email.delivered',
      'email.bounced',
      'email.complained',
      'email.failed',
    ];
    const made = await world.call('POST', 'webhooks', { url, environment, events });
    const rotated = await world.call('POST', `webhooks/${made.body.id}/rotate-secret`);
    secrets.push(String(made.body.secret), String(rotated.body.secret));
  }
  return secrets.map(secretCanary);
}

/** Starts all of it; who starts it stops it. */
export async function startStage(): Promise<Stage> {
  const faults = await startFaultProxy();
  const recorder = await startRecorder();
  const lines: { from: string; line: string }[] = [];
  let lastLine = Date.now();
  // They write a line each second here.
  let scheduled: ReadonlySet<string> = new Set();
  const world = await startWorld({
    context: LIMITED,
    timeScale: 60,
    onLine(from, line) {
      lines.push({ from, line });
      if (!scheduled.has(from)) lastLine = Date.now();
    },
    endpointsOf: (name, endpoints) => recorder.endpointsOf(name, faults.endpointsOf(endpoints)),
  });
  scheduled = await scheduledFunctions(world.system.dataDir);
  const receiver = await startEchoingReceiver();
  const limitedKey = await limitedAccount(world);
  const { endpoints, apiUrl } = world.system;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const queues = new SQSClient({ region: 'us-east-1', endpoint: endpoints.sqs, credentials });
  const canaries = [
    ...[...Object.values(world.keys), world.revoked, limitedKey].map(keyCanary),
    ...(await makeEndpoints(world, receiver.url)),
  ];
  const refused: Refused[] = [];
  let requests = 0;
  return {
    ...{ world, faults, recorder, queues, limitedKey, lines, refused, canaries },
    requests: () => requests,
    newMail() {
      const mail = mailCanaries();
      canaries.push(...mail.canaries);
      return mail;
    },
    async ask(method, path, { key = world.keys.live, body, headers = {} } = {}) {
      requests += 1;
      const answer = await fetchAgain(`${apiUrl}/api/v1/${path}`, {
        method,
        headers: { authorization: key.includes(' ') ? key : `Bearer ${key}`, ...headers },
        ...(body === undefined
          ? {}
          : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await answer.text();
      const told = { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
      if (told.status >= 400) refused.push({ asked: `${method} ${path}`, told });
      return told;
    },
    async quiet() {
      await until(() => Date.now() - lastLine >= QUIET, 'The functions never stop to write.');
    },
    async stop() {
      queues.destroy();
      await world.stop();
      await receiver.stop();
      await recorder.stop();
      await faults.stop();
    },
  };
}
