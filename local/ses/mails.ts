import type { Mail, MailContent, MailSummary } from './mail.ts';
import type { Store } from './store.ts';

export type MailFilter = {
  /** Most mails of one page. */
  readonly limit: number;
  /** The id of the last mail of the page before. */
  readonly before?: string | undefined;
  /** A bare recipient address; case does not matter. */
  readonly to?: string | undefined;
};

export type Mails = {
  /** Writes one mail; call it inside a transaction with what belongs to it. */
  insert(mail: Mail): void;
  get(id: string): Mail | undefined;
  /** Newest first. */
  list(filter: MailFilter): readonly MailSummary[];
  count(to?: string): number;
  clear(): void;
};

type Row = { readonly seq: number; readonly summary: string; readonly content: string };

const LIST = `
  SELECT summary FROM mails
  WHERE seq < coalesce((SELECT seq FROM mails WHERE id = :before), 9223372036854775807)
    AND (:to IS NULL OR seq IN (SELECT seq FROM mail_recipients WHERE address = :to))
  ORDER BY seq DESC LIMIT :limit`;

export function createMails(db: Store): Mails {
  const insertMail = db.prepare('INSERT INTO mails (id, summary, content) VALUES (?, ?, ?)');
  const insertTo = db.prepare('INSERT OR IGNORE INTO mail_recipients (address, seq) VALUES (?, ?)');
  const select = db.prepare('SELECT summary, content FROM mails WHERE id = ?');
  const list = db.prepare(LIST);
  const count = db.prepare('SELECT count(*) AS n FROM mails');
  const countTo = db.prepare('SELECT count(*) AS n FROM mail_recipients WHERE address = ?');
  return {
    insert(mail) {
      const { html, text, attachments, ...summary } = mail;
      const content: MailContent = { html, text, attachments };
      const written = insertMail.run(mail.id, JSON.stringify(summary), JSON.stringify(content));
      for (const address of mail.recipients) {
        insertTo.run(address.toLowerCase(), written.lastInsertRowid);
      }
    },
    get(id) {
      const row = select.get(id) as Row | undefined;
      return row && { ...JSON.parse(row.summary), ...JSON.parse(row.content) };
    },
    list({ limit, before, to }) {
      const rows = list.all({ limit, before: before ?? null, to: to?.toLowerCase() ?? null });
      return rows.map((row) => JSON.parse((row as Row).summary));
    },
    count(to) {
      const row = to === undefined ? count.get() : countTo.get(to.toLowerCase());
      return (row as { n: number }).n;
    },
    clear: () => db.exec('DELETE FROM mails'),
  };
}
