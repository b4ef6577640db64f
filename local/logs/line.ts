/** NotifyResult about each line: who wrote it, and whether colours may be used. */
export interface LineOptions {
  readonly functionName: string;
  readonly colour: boolean;
}

/** Keys that come first, in this order, without their name; the rest follow as `key=value`. */
const FIRST = ['emailId', 'status'] as const;

/** Keys that say nothing on one machine, or are already at the line's start. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'cold_start',
  'error',
  'function_arn',
  'function_memory_size',
  'function_name',
  'function_request_id',
  'function_version',
  'level',
  'message',
  'sampling_rate',
  'service',
  'timestamp',
  'xray_trace_id',
]);

/** As wide as `deliver-webhook`; a longer name pushes its line aside. */
const NAME_WIDTH = 15;

const COLOURS: Readonly<Record<string, number>> = { ERROR: 31, WARN: 33, DEBUG: 90, INFO: 32 };

/**
 * A line of a function's log, for people: time, function, level, message, email, status, the rest,
 * with the stack of an error below. A line that is no log entry stays as it is; a record of metrics
 * (which CloudWatch reads) is left out.
 */
export function formatLine(
  line: string,
  { functionName, colour }: LineOptions,
): string | undefined {
  const entry = parseEntry(line);
  if (entry === undefined) return `${functionName.padEnd(NAME_WIDTH)} ${line}`;
  if ('_aws' in entry) return undefined;
  const level = String(entry.level ?? 'INFO').toUpperCase();
  const text = [
    timeOf(entry.timestamp),
    functionName.padEnd(NAME_WIDTH),
    paint(level.padEnd(5), COLOURS[level], colour),
    String(entry.message ?? ''),
    ...FIRST.flatMap((key) => (entry[key] === undefined ? [] : [show(entry[key])])),
    ...Object.entries(entry)
      .filter(([key]) => !LEFT_OUT.has(key) && !FIRST.some((first) => first === key))
      .map(([key, value]) => `${key}=${show(value)}`),
  ];
  return text.filter((part) => part !== '').join(' ') + errorBelow(entry.error);
}

function parseEntry(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** `10:30:00.123`, in the machine's own time. */
function timeOf(timestamp: unknown): string {
  const time = new Date(typeof timestamp === 'string' ? timestamp : Number.NaN);
  const shown = Number.isNaN(time.getTime()) ? new Date() : time;
  const milliseconds = String(shown.getMilliseconds()).padStart(3, '0');
  return `${shown.toTimeString().slice(0, 8)}.${milliseconds}`;
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[^\s"]+$/.test(text) || typeof value !== 'string' ? text : JSON.stringify(text);
}

function errorBelow(error: unknown): string {
  if (error === undefined || error === null) return '';
  if (typeof error !== 'object') return `\n    ${String(error)}`;
  const { name, message, stack, cause } = error as Record<string, unknown>;
  const text = typeof stack === 'string' ? stack : `${String(name)}: ${String(message)}`;
  const because = cause === undefined ? '' : `\n    because of:${errorBelow(cause)}`;
  return `\n${text.replace(/^/gm, '    ')}${because}`;
}

function paint(text: string, colour: number | undefined, enabled: boolean): string {
  return enabled && colour !== undefined ? `\u001b[${colour}m${text}\u001b[0m` : text;
}
