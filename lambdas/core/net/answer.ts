import { KEPT_ANSWER } from '../webhook/delivery.ts';

/** Bytes of an answer's body that are read: 64 KB, as docs/security.md says. */
const MOST_BYTES = 64 * 1024;

/** RFC 9110 §10.2.3: whole seconds; more than nine digits (31 years) mean nothing. */
const SECONDS = /^\d{1,9}$/;
/** RFC 9110 §5.6.7: all three forms begin with the day's name, hold the time, and mean GMT. */
const DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? [\w -]+ \d\d:\d\d:\d\d( \d{4}| GMT)$/;

/**
 * When a `Retry-After` header ends, epoch milliseconds; undefined without one and for nonsense.
 *
 * @param written the header's value, a list when it came more than once
 */
export function retryTime(written: string | string[] | undefined, now: number): number | undefined {
  if (typeof written !== 'string') return undefined;
  const text = written.trim();
  if (SECONDS.test(text)) return now + Number(text) * 1000;
  if (!DATE.test(text)) return undefined;
  const time = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(time) ? undefined : time;
}

/** The part of an answer that is kept, lenient about its encoding and without NULs; null when empty. */
function keptText(chunks: readonly Uint8Array[]): string | null {
  const bytes = Buffer.concat(chunks).subarray(0, KEPT_ANSWER);
  // A character that the cut goes through is left out.
  const text = new TextDecoder().decode(bytes, { stream: true }).replaceAll('\0', '');
  return text === '' ? null : text;
}

/** Reads a body up to 64 KB and gives what is kept of it; a body that breaks off counts as far as it came. */
export async function readAnswer(body: AsyncIterable<Uint8Array>): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= MOST_BYTES) break;
    }
  } catch {
    // The status has come, and it is what counts; the egress knows whether the time was over.
  }
  return keptText(chunks);
}
