import type { Store } from './store.ts';

/** Small JSON values by name, one SQLite table each. */
export type Documents<T> = {
  get(name: string): T | undefined;
  put(name: string, value: T): void;
  delete(name: string): boolean;
  /** All of them, ordered by name. */
  list(): readonly T[];
};

type Row = { readonly value: string };

export function documents<T>(
  db: Store,
  table: 'identities' | 'configuration_sets' | 'dns' | 'settings',
): Documents<T> {
  const get = db.prepare(`SELECT value FROM ${table} WHERE name = ?`);
  const put = db.prepare(`INSERT OR REPLACE INTO ${table} (name, value) VALUES (?, ?)`);
  const remove = db.prepare(`DELETE FROM ${table} WHERE name = ?`);
  const list = db.prepare(`SELECT value FROM ${table} ORDER BY name`);
  const read = (row: unknown): T => JSON.parse((row as Row).value);
  return {
    get(name) {
      const row = get.get(name);
      return row === undefined ? undefined : read(row);
    },
    put: (name, value) => void put.run(name, JSON.stringify(value)),
    delete: (name) => remove.run(name).changes > 0,
    list: () => list.all().map(read),
  };
}
