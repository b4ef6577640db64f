/** Types of records that can be set, with their numbers: RFC 1035 §3.2.2. */
export const RECORD_TYPES = { CNAME: 5, MX: 15, TXT: 16 } as const;

export type RecordType = keyof typeof RECORD_TYPES;

/** A name's record: a host name, `10 mx.example.com`, or text. */
export interface DnsRecord {
  readonly type: RecordType;
  readonly value: string;
}

/** The one question of a query. */
export interface Question {
  /** In lower case, without a dot at the end. */
  readonly name: string;
  /** Number of the type asked for. */
  readonly code: number;
  /** Where it ends in the query. */
  readonly end: number;
}

/** Reads a query (RFC 1035 §4.1); undefined for what is none. */
export function readQuestion(query: Buffer): Question | undefined {
  const isQuery = query.length > 16 && ((query[2] ?? 0) & 0x80) === 0;
  if (!isQuery || query.readUInt16BE(4) !== 1) return undefined;
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    // A pointer has nothing before it to point to here.
    if (length > 63 || at + length >= query.length) return undefined;
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  if (at + 5 > query.length) return undefined;
  return { name: labels.join('.').toLowerCase(), code: query.readUInt16BE(at + 1), end: at + 5 };
}

const NO_ERROR = 0;
const NAME_ERROR = 3;

/**
 * The answer to a query: RFC 1035 §4.1.
 *
 * @param records all of the name; none for a name that does not exist
 */
export function writeAnswer(
  query: Buffer,
  question: Question,
  records: readonly DnsRecord[],
): Buffer {
  const fitting = records.filter(({ type }) => RECORD_TYPES[type] === question.code);
  const header = Buffer.from(query.subarray(0, 12));
  // Response, authoritative; whether recursion was wished is copied.
  const wished = query.readUInt16BE(2) & 0x0100;
  header.writeUInt16BE(0x8480 | wished | (records.length > 0 ? NO_ERROR : NAME_ERROR), 2);
  header.writeUInt16BE(fitting.length, 6);
  header.writeUInt32BE(0, 8);
  const answers = fitting.map((record) => {
    const data = dataOf(record);
    const fixed = Buffer.alloc(12);
    // A pointer to the question's name.
    fixed.writeUInt16BE(0xc00c, 0);
    fixed.writeUInt16BE(question.code, 2);
    fixed.writeUInt16BE(1, 4);
    // No resolver may keep it: the next answer may be another.
    fixed.writeUInt32BE(0, 6);
    fixed.writeUInt16BE(data.length, 10);
    return Buffer.concat([fixed, data]);
  });
  return Buffer.concat([header, query.subarray(12, question.end), ...answers]);
}

function dataOf({ type, value }: DnsRecord): Buffer {
  if (type === 'CNAME') return encodedName(value);
  if (type === 'TXT') return Buffer.concat(characterStrings(Buffer.from(value)));
  const [priority, host = ''] = value.split(' ');
  const number = Buffer.alloc(2);
  number.writeUInt16BE(Number(priority));
  return Buffer.concat([number, encodedName(host)]);
}

/** Text in pieces of at most 255 bytes. */
function characterStrings(text: Buffer): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at === 0 || at < text.length; at += 255) {
    const piece = text.subarray(at, at + 255);
    pieces.push(Buffer.from([piece.length]), piece);
  }
  return pieces;
}

function encodedName(name: string): Buffer {
  const labels = name.split('.').filter((label) => label !== '');
  const encoded = labels.map((label) =>
    Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]),
  );
  return Buffer.concat([...encoded, Buffer.from([0])]);
}
