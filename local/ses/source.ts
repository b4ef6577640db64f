import type { Mail, MailAttachment, NameValue } from './mail.ts';
import {
  base64Lines,
  encodeWords,
  multipart,
  type Part,
  parameter,
  renderPart,
  textPart,
} from './mime.ts';

/** The host part SES gives the `Message-ID` of its first region; one for all here. */
const MESSAGE_ID_HOST = 'email.amazonses.com';

/** The whole message as SES would hand it to the recipient's server (RFC 5322, MIME); no `Bcc`. */
export function mailSource(mail: Mail): string {
  const body = mailBody(mail);
  return renderPart({ headers: [...topHeaders(mail), ...body.headers], body: body.body });
}

/** The header section of the same message, unfolded. */
export function mailHeaders(mail: Mail): readonly NameValue[] {
  return [...topHeaders(mail), ...mailBody(mail).headers].map(({ name, value }) => ({
    name,
    value: value.replace(/\r\n /g, ' '),
  }));
}

function topHeaders(mail: Mail): readonly NameValue[] {
  const list = (name: string, addresses: readonly string[]) =>
    addresses.length === 0 ? [] : [{ name, value: addresses.join(',\r\n ') }];
  return [
    { name: 'From', value: mail.from },
    ...list('To', mail.to),
    ...list('Cc', mail.cc),
    ...list('Reply-To', mail.replyTo),
    { name: 'Subject', value: encodeWords(mail.subject) },
    { name: 'Date', value: new Date(mail.receivedAt).toUTCString().replace('GMT', '+0000') },
    { name: 'Message-ID', value: `<${mail.id}@${MESSAGE_ID_HOST}>` },
    { name: 'MIME-Version', value: '1.0' },
    ...mail.headers,
  ];
}

function mailBody(mail: Mail): Part {
  const parts = [
    ...(mail.text === null ? [] : [textPart('plain', mail.text)]),
    ...(mail.html === null ? [] : [textPart('html', mail.html)]),
  ];
  const [first = textPart('plain', ''), second] = parts;
  const body = second ? multipart('alternative', boundary(mail, 'alternative'), parts) : first;
  if (mail.attachments.length === 0) return body;
  const attachments = mail.attachments.map(attachmentPart);
  return multipart('mixed', boundary(mail, 'mixed'), [body, ...attachments]);
}

/** Holds `=_`, which no quoted-printable or base64 body can contain (RFC 2045 §6.7). */
function boundary(mail: Mail, kind: string): string {
  return `----=_${kind}_${mail.id.slice(-43)}`;
}

function attachmentPart(attachment: MailAttachment): Part {
  const { fileName, contentType, contentId, description, disposition, content } = attachment;
  return {
    headers: [
      { name: 'Content-Type', value: `${contentType};\r\n ${parameter('name', fileName)}` },
      { name: 'Content-Transfer-Encoding', value: 'base64' },
      {
        name: 'Content-Disposition',
        value: `${disposition};\r\n ${parameter('filename', fileName)}`,
      },
      ...(contentId === null ? [] : [{ name: 'Content-ID', value: `<${contentId}>` }]),
      ...(description === null
        ? []
        : [{ name: 'Content-Description', value: encodeWords(description) }]),
    ],
    body: () => base64Lines(content),
  };
}
