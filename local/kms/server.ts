import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { answerJson, readBody, type Service, startHttpService } from '../service.ts';
import { messageOf } from '../start-error.ts';
import { KmsError } from './errors.ts';
import { openKeys } from './keys.ts';
import { type Operation, operations } from './operations.ts';

/** A running local KMS. */
export interface Kms extends Service {
  /** Makes the key if it is not there. */
  ensureKey(id: string): void;
}

/** A local KMS without a port. */
export type OpenKms = Pick<Kms, 'ensureKey'> & { readonly listener: RequestListener };

/** How to start the local KMS. */
export interface KmsOptions {
  /** JSON file of the keys, made with the first one and readable by its owner only. */
  readonly file: string;
  /** ms since the epoch. @default Date.now */
  readonly now?: () => number;
}

const TARGET = /^TrentService\.(\w+)$/;

/**
 * Opens a local KMS without a port: `listener` speaks the AWS JSON 1.1 protocol of KMS.
 *
 * @throws Error when the file is damaged.
 */
export function openKms({ file, now = Date.now }: KmsOptions): OpenKms {
  const keys = openKeys(file, now);
  const known = operations(keys);
  return {
    listener: (request, response) => void answer(known, request, response),
    ensureKey: (id) => keys.ensure(id),
  };
}

/**
 * Starts a local KMS.
 *
 * @throws Error when the file is damaged.
 */
export async function startKms(options: KmsOptions): Promise<Kms> {
  const { listener, ensureKey } = openKms(options);
  // A kept connection that the server closes just as a request is written would look like an outage.
  return { ...(await startHttpService(listener, { keepAlive: 0 })), ensureKey };
}

async function answer(
  known: ReadonlyMap<string, Operation>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const body = (await readBody(request)).toString('utf8');
    const operation = operationOf(known, String(request.headers['x-amz-target'] ?? ''));
    send(response, 200, operation(parse(body)));
  } catch (error) {
    const { type, status, message } =
      error instanceof KmsError ? error : new KmsError('KMSInternalException', messageOf(error));
    send(response, status, { __type: type, message });
  }
}

function operationOf(known: ReadonlyMap<string, Operation>, target: string): Operation {
  const operation = known.get(TARGET.exec(target)?.[1] ?? '');
  if (operation !== undefined) return operation;
  throw new KmsError('UnknownOperationException', `The local KMS does not know "${target}".`);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new KmsError('SerializationException', 'The body is not JSON.');
  }
}

function send(response: ServerResponse, status: number, value: object): void {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': randomUUID(),
  };
  answerJson(response, status, value, headers);
}
