import * as v from 'valibot';
import { type Mailbox, mailboxOf } from '../value/address.ts';
import { addressedTo } from './addressed.ts';
import type { Content, Email } from './email.ts';
import { readableMailbox } from './header-text.ts';

const header = v.strictObject({ name: v.string(), value: v.string() });

/** What a mail says, and the headers that it was sent with. */
export const contentSchema = v.pipe(
  v.strictObject({
    html: v.nullable(v.string()),
    text: v.nullable(v.string()),
    headers: v.array(header),
  }),
  v.title('EmailContent'),
);

/** When SES took the mail for the first time, by its events or else by its answer; absent before that. */
function sentAt({ facts, takenAt }: Email): string | undefined {
  const [first] = facts.flatMap(({ type, at }) => (type === 'sent' ? [at] : [])).sort();
  return first ?? takenAt;
}

/** RFC 5322 §3.3: `Mon, 23 Nov 2026 05:50:00 +0000`. */
const dateText = (time: string) => new Date(time).toUTCString().replace('GMT', '+0000');

const listText = (mailboxes: readonly Mailbox[]) => mailboxes.map(readableMailbox).join(', ');

/** In the usual order, as people read them; `Bcc` is none of a mail's headers, and empty ones are left out. */
function headersOf(email: Email): v.InferOutput<typeof header>[] {
  const { to, cc } = addressedTo(email);
  const time = sentAt(email);
  const all = [
    { name: 'From', value: readableMailbox(mailboxOf(email.from)) },
    { name: 'To', value: listText(to) },
    { name: 'Cc', value: listText(cc) },
    { name: 'Reply-To', value: listText([email.replyTo ?? []].flat().map(mailboxOf)) },
    { name: 'Subject', value: email.subject },
    { name: 'Date', value: time === undefined ? '' : dateText(time) },
  ];
  return all.filter(({ value }) => value !== '');
}

/** What {@link contentSchema} says, of one mail. */
export function contentView(email: Email, content: Content): v.InferOutput<typeof contentSchema> {
  return {
    html: content.html ?? null,
    text: content.text ?? null,
    headers: headersOf(email),
  };
}
