import { type Address, parseAddress } from './address.ts';
import { badRequest } from './errors.ts';
import type { Mail, NameValue } from './mail.ts';
import { readContent } from './send-content.ts';

/** A `SendEmail` request that is well formed; whether it may go out is decided elsewhere. */
export type SendRequest = {
  readonly from: Address;
  /** `to`, `cc` and `bcc`, repetitions included: what SES counts. */
  readonly recipients: readonly Address[];
  readonly mail: Omit<Mail, 'id' | 'receivedAt'>;
};

type Json = Readonly<Record<string, unknown>>;

/** SES's limit for `to` + `cc` + `bcc` of one message. */
const MOST_RECIPIENTS = 50;
/** SES v2's largest message, in bytes after encoding. */
const MOST_MESSAGE_BYTES = 40 * 1024 * 1024;

const TAG = /^[A-Za-z0-9_\-.@]{1,256}$/;

/** @throws SesError (`BadRequestException`) with the first thing that is wrong */
export function readSendRequest(body: Json): SendRequest {
  const from = readAddress(body.FromEmailAddress);
  const destination = (body.Destination ?? {}) as Json;
  const to = readAddresses(destination.ToAddresses);
  const cc = readAddresses(destination.CcAddresses);
  const bcc = readAddresses(destination.BccAddresses);
  const replyTo = readAddresses(body.ReplyToAddresses);
  const recipients = [...to, ...cc, ...bcc];
  if (recipients.length === 0) throw badRequest('There are no recipients.');
  if (recipients.length > MOST_RECIPIENTS) {
    throw badRequest(`Recipient count exceeds ${MOST_RECIPIENTS}.`);
  }
  const configurationSet = body.ConfigurationSetName;
  const mail = {
    from: from.written,
    to: to.map(({ written }) => written),
    cc: cc.map(({ written }) => written),
    bcc: bcc.map(({ written }) => written),
    replyTo: replyTo.map(({ written }) => written),
    ...readContent(body.Content),
    tags: readTags(body.EmailTags),
    configurationSet: typeof configurationSet === 'string' ? configurationSet : null,
    recipients: [...new Set(recipients.map(({ bare }) => bare))],
  };
  checkSize(mail);
  return { from, recipients, mail };
}

function readAddress(value: unknown): Address {
  if (typeof value !== 'string' || value === '') throw badRequest('An address is missing.');
  const result = parseAddress(value);
  if ('problem' in result) throw badRequest(`${result.problem}: ${JSON.stringify(value)}`);
  return result.address;
}

function readAddresses(value: unknown): readonly Address[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw badRequest('A list of addresses must be an array.');
  return value.map(readAddress);
}

function readTags(value: unknown): Readonly<Record<string, string>> {
  const tags = (Array.isArray(value) ? value : []).map((tag): NameValue => {
    const { Name: name, Value: text } = (tag ?? {}) as Json;
    for (const part of [name, text]) {
      if (typeof part !== 'string' || !TAG.test(part)) {
        throw badRequest(
          `Invalid tag ${JSON.stringify(part)}: 1 to 256 of ASCII letters, digits, '_', '-', '.' and '@'.`,
        );
      }
    }
    return { name: String(name), value: String(text) };
  });
  const byName = Object.fromEntries(tags.map(({ name, value: text }) => [name, text]));
  if (Object.keys(byName).length < tags.length) throw badRequest('A tag name appears twice.');
  return byName;
}

/** Counts what makes a message large: bodies, attachments in base64, headers. */
function checkSize(mail: SendRequest['mail']): void {
  const texts = [mail.subject, mail.html ?? '', mail.text ?? ''];
  const bytes =
    texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) +
    mail.attachments.reduce((sum, { content }) => sum + content.length, 0) +
    mail.headers.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
  if (bytes > MOST_MESSAGE_BYTES) {
    throw badRequest(`Message length is more than ${MOST_MESSAGE_BYTES} bytes long: '${bytes}'.`);
  }
}
