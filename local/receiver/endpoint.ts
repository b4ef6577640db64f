import * as v from 'valibot';
import { KINDS } from '../../lambdas/core/email/events/kinds.ts';
import { messageOf, StartError } from '../start-error.ts';
import type { LocalSystem } from './local-system.ts';

/** The endpoint that the receiver made for itself. */
export interface OwnEndpoint {
  /** `whsec_…` */
  readonly secret: string;
  /**
   * Deletes the endpoint; one that is gone is fine.
   *
   * @throws StartError when the API could not do it.
   */
  remove(): Promise<void>;
}

/** Everything that an endpoint can be told of. */
const EVENTS = KINDS.map(({ webhook }) => webhook.event);

const madeSchema = v.object({ id: v.string(), secret: v.string() });
const refusalSchema = v.object({ error: v.string(), message: v.string() });

/** How long the API may take for one answer. */
const PATIENCE_MS = 10_000;

/**
 * Makes an endpoint through the public API.
 *
 * @param url where webhooks are to go
 * @throws StartError when the API does not answer, or refuses it.
 */
export async function makeEndpoint(
  system: LocalSystem,
  url: string,
  environment: 'live' | 'test',
): Promise<OwnEndpoint> {
  const path = '/api/v1/webhooks';
  const body = JSON.stringify({ url, events: EVENTS, environment });
  const { status, text } = await call(system, 'POST', path, body);
  if (status !== 201) throw new StartError(`The endpoint was not created. ${reason(status, text)}`);
  const { id, secret } = readMade(text);
  return {
    secret,
    async remove() {
      const answer = await call(system, 'DELETE', `${path}/${encodeURIComponent(id)}`);
      if ([200, 204, 404].includes(answer.status)) return;
      throw new StartError(
        `The endpoint ${id} was not deleted. ${reason(answer.status, answer.text)}`,
      );
    },
  };
}

function readMade(text: string): v.InferOutput<typeof madeSchema> {
  try {
    return v.parse(madeSchema, JSON.parse(text));
  } catch {
    throw new StartError(
      `The API's answer does not hold the endpoint's id and secret: ${JSON.stringify(text)}.`,
    );
  }
}

async function call({ apiUrl, key }: LocalSystem, method: string, path: string, body?: string) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const init = { method, headers, signal, ...(body === undefined ? {} : { body }) };
  try {
    const response = await fetch(`${apiUrl}${path}`, init);
    return { status: response.status, text: await response.text() };
  } catch (error) {
    throw new StartError(
      `The local system does not answer at ${apiUrl} (${messageOf(error)}): ` +
        'start it with "npm start", then start the receiver again.',
    );
  }
}

/** The API's own words where it has some. */
function reason(status: number, text: string): string {
  try {
    const { error, message } = v.parse(refusalSchema, JSON.parse(text));
    return `${error}: ${message}`;
  } catch {
    return `The API answered ${status}.`;
  }
}
