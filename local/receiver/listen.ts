import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, type Service, startHttpService } from '../service.ts';
import { messageOf, StartError } from '../start-error.ts';
import type { Arrival } from './arrival.ts';

/**
 * Listens on 127.0.0.1.
 *
 * @param answer status of every answer
 * @param onArrival told of each POST before it is answered
 * @throws StartError when the port is taken.
 */
export async function listen(
  given: { readonly port: number; readonly answer: number },
  onArrival: (arrival: Arrival) => Promise<void>,
): Promise<Service> {
  const { port, answer } = given;
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const isWebhook = request.method === 'POST';
    const { headers } = request;
    try {
      const body = await readBody(request);
      if (isWebhook) await onArrival({ at: new Date(), headers, body, answer });
      response.writeHead(isWebhook ? answer : 405).end();
    } catch {
      // Cut off before its end: there is nobody to answer.
      response.destroy();
    }
  };
  const service = await startHttpService(listener, { port }).catch(({ cause }: StartError) => {
    throw new StartError(
      `Port ${port} cannot be used (${messageOf(cause)}): choose another with --port.`,
    );
  });
  return { ...service, url: `${service.url}/` };
}
