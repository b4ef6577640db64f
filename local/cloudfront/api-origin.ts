import { type IncomingMessage, request } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** Headers of one connection, which are not for the next: RFC 9110 §7.6.1. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Hands a viewer's request on to the API: its method, path, query, body, and all headers but Host.
 *
 * @param url the API's, without a slash at the end
 * @returns the API's answer, whose body is still to be read
 */
export async function fromApi(
  message: IncomingMessage,
  { url, target }: { readonly url: string; readonly target: string },
): Promise<IncomingMessage> {
  const { host: _, ...given } = message.headersDistinct;
  const sent = request(`${url}${target}`, {
    method: message.method ?? 'GET',
    headers: kept(given),
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve);
    sent.once('error', reject);
  });
  // A viewer that goes away before its body has come: the answer above fails with the same reason.
  await Promise.race([answered, pipeline(message, sent).then(() => answered)]);
  return answered;
}

/** Headers without those of the connection, each with all its values. */
export function kept(headers: Readonly<NodeJS.Dict<readonly string[]>>): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [name, values] of Object.entries(headers)) {
    if (values !== undefined && !OF_CONNECTION.has(name)) found[name] = [...values];
  }
  return found;
}
