import { badRequest } from './errors.ts';
import type { MailAttachment, MailContent, NameValue } from './mail.ts';

type Json = Readonly<Record<string, unknown>>;
type Content = MailContent & { readonly subject: string; readonly headers: readonly NameValue[] };

/** SES v2's limits of one custom header, in characters. */
const MOST_HEADER_NAME = 126;
const MOST_HEADER_VALUE = 995;
const MOST_HEADER = 996;

/** What SES writes itself from the rest of the request; a second one would contradict it. */
const OWN_HEADERS = new Set(
  'from to cc bcc reply-to subject return-path mime-version content-type content-transfer-encoding'.split(
    ' ',
  ),
);
/** What SES takes and then overwrites with its own. */
const OVERWRITTEN_HEADERS = new Set(['date', 'message-id']);

const CONTROL = /\p{Cc}/u;
const NOT_ASCII = /\P{ASCII}/u;
const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+(\s*;[ -~]*)?$/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Reads `Content` of `SendEmail`. @throws SesError (`BadRequestException`) */
export function readContent(content: unknown): Content {
  const simple = object(object(content, 'Content').Simple, 'Content.Simple');
  const body = object(simple.Body, 'Content.Simple.Body');
  const subject = text(simple.Subject, 'Subject');
  if (subject === null) throw badRequest('The subject is missing.');
  if (CONTROL.test(subject)) throw badRequest('The subject contains control characters.');
  const html = text(body.Html, 'Body.Html');
  const plain = text(body.Text, 'Body.Text');
  if (!html && !plain) throw badRequest('The message has neither HTML nor text.');
  return {
    subject,
    html,
    text: plain,
    headers: list(simple.Headers).map(readHeader).filter(isKept),
    attachments: list(simple.Attachments).map(readAttachment),
  };
}

function text(value: unknown, field: string): string | null {
  if (value === undefined || value === null) return null;
  const { Data: data, Charset: charset } = object(value, field);
  if (typeof data !== 'string') throw badRequest(`${field}.Data is required.`);
  if (NOT_ASCII.test(data) && typeof charset !== 'string') {
    throw badRequest(`${field} is not 7-bit ASCII: name its Charset, UTF-8.`);
  }
  return data;
}

function readHeader(header: unknown): NameValue {
  const { Name: name, Value: value } = object(header, 'Header');
  if (typeof name !== 'string' || !/^[!-9;-~]+$/.test(name) || name.length > MOST_HEADER_NAME) {
    throw badRequest(`Invalid header name ${JSON.stringify(name)}.`);
  }
  if (OWN_HEADERS.has(name.toLowerCase())) throw badRequest(`Header ${name} cannot be set.`);
  if (typeof value !== 'string' || !/^[ -~]*$/.test(value) || value.length > MOST_HEADER_VALUE) {
    throw badRequest(`Invalid value of header ${name}.`);
  }
  if (name.length + value.length > MOST_HEADER) throw badRequest(`Header ${name} is too long.`);
  return { name, value };
}

function isKept({ name }: NameValue): boolean {
  return !OVERWRITTEN_HEADERS.has(name.toLowerCase());
}

function readAttachment(attachment: unknown): MailAttachment {
  const given = object(attachment, 'Attachment');
  const content = given.RawContent;
  if (typeof content !== 'string' || !BASE64.test(content)) {
    throw badRequest('RawContent of an attachment must be base64.');
  }
  const fileName = line(given.FileName, 'FileName');
  if (!fileName) throw badRequest('FileName of an attachment is required.');
  const contentType = line(given.ContentType, 'ContentType') ?? 'application/octet-stream';
  if (!MEDIA_TYPE.test(contentType)) throw badRequest(`Invalid ContentType ${contentType}.`);
  return {
    fileName,
    contentType,
    disposition: given.ContentDisposition === 'INLINE' ? 'inline' : 'attachment',
    contentId: line(given.ContentId, 'ContentId')?.replace(/^<|>$/g, '') ?? null,
    description: line(given.ContentDescription, 'ContentDescription'),
    size: Buffer.byteLength(content, 'base64'),
    content,
  };
}

function line(value: unknown, field: string): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' || CONTROL.test(value)) throw badRequest(`Invalid ${field}.`);
  return value;
}

function object(value: unknown, field: string): Json {
  if (typeof value === 'object' && value !== null) return value as Json;
  throw badRequest(`${field} is required; the local SES takes Simple content only.`);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
