import type { IncomingHttpHeaders } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { messageOf } from '../start-error.ts';

/** A webhook that came in. */
export interface Arrival {
  readonly at: Date;
  readonly headers: IncomingHttpHeaders;
  /** The bytes as they came: the signature is over these. */
  readonly body: Buffer;
  /** The status that it is answered with. */
  readonly answer: number;
}

/**
 * An arrival for people: time, event and recipient, then id, signature and answer, then the body.
 *
 * @param secret `whsec_…`
 */
export function showArrival(arrival: Arrival, secret: string): string {
  const { at, headers, body, answer } = arrival;
  const value = parse(body.toString('utf8'));
  const id = headers['webhook-id'] ?? 'none';
  const environment = headers['maillayer-environment'] ?? 'none';
  const text = `${at.toISOString().slice(11, 23)}  ${field(value, 'event')}  to ${field(value, 'to')}
  webhook-id   ${id}
  environment  ${environment}
  signature    ${judge(arrival, secret)}
  answered     ${answer}
${JSON.stringify(value, null, 2).replace(/^/gm, '  ')}`;
  // Whoever can reach the port chooses these words; none of them may steer the terminal.
  return text.replace(/[^\P{Cc}\n]/gu, '?');
}

function judge({ headers, body }: Arrival, secret: string): string {
  const signed = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, String(value)]),
  );
  try {
    new Webhook(secret).verify(body, signed, { jsonParse: false });
    return 'right';
  } catch (error) {
    return `WRONG (${messageOf(error)})`;
  }
}

/** What is no JSON stays text. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function field(value: unknown, name: string): string {
  const found = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof found === 'string' ? found : `(no ${name})`;
}
