import MailComposer from 'nodemailer/lib/mail-composer';
import { encodeWord, foldLines } from 'nodemailer/lib/mime-funcs';
import type { Mail, MailAttachment, NameValue } from './mail.ts';

/** The host part SES gives the `Message-ID` of its first region; one for all here. */
const MESSAGE_ID_HOST = 'email.amazonses.com';

const CRLF = '\r\n';

/** The whole message as SES would hand it to the recipient's server (RFC 5322, MIME); no `Bcc`. */
export async function mailSource(mail: Mail): Promise<string> {
  const composed = composedBody(mail);
  const message = (await composed.build()).toString('latin1');
  const content = contentHeaders(composed.buildHeaders());
  const fields = [...topHeaders(mail), ...content].map(
    ({ name, value }) => `${name}: ${foldLines(value)}`,
  );
  const body = message.slice(message.indexOf(CRLF + CRLF));
  // A composed message ends with a line break, which would become one of a text that has none there.
  const isText = !content.some(({ value }) => value.startsWith('multipart/'));
  const isAdded = isText && !(mail.text ?? mail.html ?? '').endsWith('\n');
  return fields.join(CRLF) + (isAdded ? body.replace(/\r\n$/, '') : body);
}

/** The header section of the same message, unfolded. */
export function mailHeaders(mail: Mail): readonly NameValue[] {
  return [...topHeaders(mail), ...contentHeaders(composedBody(mail).buildHeaders())];
}

/** As SES takes them: addresses and custom headers go out as they were written. */
function topHeaders(mail: Mail): readonly NameValue[] {
  const list = (name: string, addresses: readonly string[]) =>
    addresses.length === 0 ? [] : [{ name, value: addresses.join(', ') }];
  return [
    { name: 'From', value: mail.from },
    ...list('To', mail.to),
    ...list('Cc', mail.cc),
    ...list('Reply-To', mail.replyTo),
    { name: 'Subject', value: encoded(mail.subject) },
    { name: 'Date', value: new Date(mail.receivedAt).toUTCString().replace('GMT', '+0000') },
    { name: 'Message-ID', value: `<${mail.id}@${MESSAGE_ID_HOST}>` },
    { name: 'MIME-Version', value: '1.0' },
    ...mail.headers,
  ];
}

/** A header value as RFC 2047 wants it: left alone when plain and short, else in encoded words. */
function encoded(value: string): string {
  if (/^[!-~]([ -~]{0,68}[!-~])?$/.test(value) && !value.includes('=?')) return value;
  return encodeWord(value, 'B', 52);
}

function composedBody(mail: Mail) {
  const part = (content: string | null) =>
    content === null ? undefined : { content, contentTransferEncoding: 'quoted-printable' };
  const composer = new MailComposer({
    text: part(mail.text),
    html: part(mail.html),
    attachments: mail.attachments.map(toAttachment),
    // The same mail is always the same text.
    baseBoundary: mail.id.slice(-36),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile();
}

/** Those of the fields that say what the body is. */
function contentHeaders(fields: string): readonly NameValue[] {
  return fields
    .split(/\r\n(?![ \t])/)
    .map((field) => field.replace(/\r\n/g, ''))
    .filter((field) => /^Content-/i.test(field))
    .map((field) => {
      const [name = '', ...value] = field.split(': ');
      return { name, value: value.join(': ') };
    });
}

function toAttachment(attachment: MailAttachment) {
  const { fileName, contentType, contentId, description, disposition, content } = attachment;
  return {
    filename: fileName,
    contentType,
    contentDisposition: disposition,
    content,
    encoding: 'base64',
    ...(contentId === null ? {} : { cid: contentId }),
    ...(description === null ? {} : { headers: { 'Content-Description': description } }),
  };
}
