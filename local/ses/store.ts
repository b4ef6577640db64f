import { DatabaseSync } from 'node:sqlite';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS mails (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    summary TEXT NOT NULL,
    content TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS mail_recipients (
    address TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES mails (seq) ON DELETE CASCADE,
    PRIMARY KEY (address, seq)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS mail_recipients_by_mail ON mail_recipients (seq);
  CREATE TABLE IF NOT EXISTS sends (at INTEGER NOT NULL, recipients INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    topic_arn TEXT NOT NULL,
    message TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX IF NOT EXISTS outbox_by_due ON outbox (due_at, seq);
  CREATE TABLE IF NOT EXISTS identities (name TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS configuration_sets (name TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS dns (name TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
`;

export type Store = DatabaseSync;

/**
 * Opens the file that holds everything this SES must not lose. What is committed outlives a
 * killed process; `synchronous = NORMAL` gives up only what a power cut would take.
 *
 * @param file a path, or `:memory:`
 * @throws Error with a sentence for people when the file cannot be opened or is no database
 */
export function openStore(file: string): Store {
  try {
    const db = new DatabaseSync(file);
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
    db.exec(SCHEMA);
    return db;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The local SES cannot use ${file} (${reason}). Remove it, or choose another directory for the data.`,
      { cause: error },
    );
  }
}

/** Runs `work` whole or not at all. */
export function transaction<T>(db: Store, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}
