import { domainToASCII } from 'node:url';
import { simpleParser } from 'mailparser';
import type { Mail } from '../../../local/ses/mail.ts';

type Lists = 'to' | 'cc' | 'bcc' | 'replyTo';

/** A mail as a caller asked for it. */
export type Asked = { readonly from: string; readonly subject: string } & Readonly<
  Partial<Record<Lists, readonly string[]>>
>;

/** A mail that the local SES got, with its raw text. */
export type Received = Mail & { readonly source: string };

/** Every header that a mail of ours has. */
const HEADERS = new Set(
  'from to cc reply-to subject date message-id mime-version content-type content-transfer-encoding'.split(
    ' ',
  ),
);

type Mailbox = { readonly name: string; readonly address: string };

const plain = (text: string) => text.replace(/\s+/g, ' ').trim();

/** The mailbox that was written, read by hand: what stands in the last angle brackets, and the name before them. */
function mailboxOf(written: string): Mailbox {
  const [, name = '', bracketed] = /^(.*?)\s*<([^<>]*)>$/s.exec(written) ?? [];
  const bare = bracketed ?? written;
  const at = bare.lastIndexOf('@');
  const address = `${bare.slice(0, at)}@${domainToASCII(bare.slice(at + 1))}`;
  const quoted = /^"(.*)"$/s.exec(name)?.[1];
  return { name: plain(quoted?.replace(/\\(.)/gs, '$1') ?? name), address };
}

/** Each address once, in the first field that names it, as docs/api.md says. */
function addressed(asked: Asked) {
  const seen = new Set<string>();
  const fresh = (list: readonly string[] = []) =>
    list.map(mailboxOf).filter(({ address }) => {
      const key = address.toLowerCase();
      return !seen.has(key) && seen.add(key);
    });
  return { to: fresh(asked.to), cc: fresh(asked.cc), bcc: fresh(asked.bcc) };
}

/** Names of the headers in the raw text, in lower case, each as often as it is there. */
function headerNames(source: string): string[] {
  const head = source.slice(0, source.indexOf('\r\n\r\n')).replace(/\r\n[ \t]/g, ' ');
  return head.split('\r\n').map((line) => line.slice(0, line.indexOf(':')).toLowerCase());
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const shown = (value: unknown) => JSON.stringify(value)?.slice(0, 300);

/** What the mail that SES got has that was not asked for, or lacks. */
export async function differences(asked: Asked, received: Received): Promise<string[]> {
  const parsed = await simpleParser(received.source, { skipImageLinks: true });
  const mailboxes = (list?: { value: readonly { name: string; address?: string }[] }) =>
    (list?.value ?? []).map(({ name, address = '' }) => ({ name: plain(name), address }));
  const { to, cc, bcc } = addressed(asked);
  const envelope = [...to, ...cc, ...bcc].map(({ address }) => address);
  const names = headerNames(received.source);
  const expected: readonly (readonly [what: string, wanted: unknown, got: unknown])[] = [
    ['From', [mailboxOf(asked.from)], mailboxes(parsed.from)],
    ['To', to, mailboxes(parsed.to)],
    ['Cc', cc, mailboxes(parsed.cc)],
    ['Reply-To', (asked.replyTo ?? []).map(mailboxOf), mailboxes(parsed.replyTo)],
    ['Bcc', [], mailboxes(parsed.bcc)],
    ['envelope', [...envelope].sort(), [...received.recipients].sort()],
    ['subject', plain(asked.subject), plain(parsed.subject ?? '')],
    ['headers', names.filter((name, i) => names.indexOf(name) === i && HEADERS.has(name)), names],
    ['body', 'A body.', (parsed.text ?? '').trim()],
  ];
  return expected
    .filter(([, wanted, got]) => !same(wanted, got))
    .map(([what, wanted, got]) => `its ${what} is ${shown(got)}, not ${shown(wanted)}`);
}
