import { mkdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { answerJson, readBody, type Service, startHttpService } from '../service.ts';
import { messageOf } from '../start-error.ts';
import { adminOperations } from './admin.ts';
import { CognitoError } from './errors.ts';
import type { Message } from './message.ts';
import type { Operation } from './operation.ts';
import { ownUserOperations } from './own-user.ts';
import { secondFactorOperations } from './second-factor.ts';
import type { PoolPlan } from './settings.ts';
import { signInOperations } from './sign-in.ts';
import { openSigningKey } from './signing-key.ts';
import type { Answer } from './tokens.ts';
import { Tokens } from './tokens.ts';
import { UserPool } from './user-pool.ts';

/** A running local Cognito: the SDK's endpoint, with the pool's keys at `/<pool>/.well-known/jwks.json`. */
export interface Cognito extends Service {
  /**
   * Does what a request of the SDK would, by the operation's name.
   *
   * @throws CognitoError as Cognito would
   */
  call(name: string, request: unknown): Promise<Answer>;
  /** Gives the pool these settings, clients and groups; its users stay. */
  configure(plan: PoolPlan): void;
}

/** How to start it. */
export interface CognitoOptions {
  /** Where the users are kept. */
  readonly directory: string;
  /** Takes what Cognito would have mailed. */
  readonly onMessage: (message: Message) => void;
}

const OPERATIONS: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    ...adminOperations,
    ...ownUserOperations,
    ...secondFactorOperations,
    ...signInOperations,
  }),
);

/** As a browser asks before it calls from the dashboard's page. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'access-control-allow-methods': 'GET, POST',
  'access-control-max-age': '86400',
};

/**
 * Starts an emulator of Cognito, with one user pool, on 127.0.0.1.
 *
 * @throws Error when a file of its directory is damaged
 */
export async function startCognito({ directory, onMessage }: CognitoOptions): Promise<Cognito> {
  mkdirSync(directory, { recursive: true });
  const pool = new UserPool(join(directory, 'users.json'));
  const key = openSigningKey(join(directory, 'signing-key.pem'));
  const tokens = new Tokens(key, pool);
  const world = { pool, tokens, sessions: new Map(), deliver: onMessage };
  const call: Cognito['call'] = async (name, request) => {
    const operation = OPERATIONS.get(name);
    if (operation === undefined) throw new Error(`it has no operation "${name}"`);
    return operation(request, world);
  };
  const service = await startHttpService((request, response) => {
    const answered = answer(request, response, { keys: [key.jwk], call });
    answered.catch((error) => sendError(response, error));
  });
  return { ...service, call, configure: (plan) => pool.configure(plan) };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { keys, call }: Pick<Cognito, 'call'> & { readonly keys: readonly object[] },
): Promise<void> {
  const body = (await readBody(request)).toString('utf8');
  if (request.method === 'OPTIONS') {
    response.writeHead(204, CORS).end();
  } else if (request.method === 'GET') {
    const isKeys = /^\/[\w-]+\/\.well-known\/jwks\.json$/.test(request.url ?? '');
    if (isKeys) send(response, 200, { keys });
    else send(response, 404, { message: 'Not Found' });
  } else {
    const [, name = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
    send(response, 200, await call(name, JSON.parse(body || '{}')));
  }
}

function send(response: ServerResponse, status: number, value: unknown): void {
  answerJson(response, status, value, { 'content-type': 'application/x-amz-json-1.1', ...CORS });
}

function sendError(response: ServerResponse, error: unknown): void {
  if (error instanceof CognitoError) {
    send(response, 400, { __type: error.type, message: error.message });
    return;
  }
  const message = `The local Cognito cannot do this: ${messageOf(error)}`;
  send(response, 500, { __type: 'InternalErrorException', message });
}
