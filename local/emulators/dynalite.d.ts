declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** @param options `path`: directory of the store, in memory without it; the others: milliseconds until a table is ready or gone. */
  export default function dynalite(options: {
    readonly path?: string;
    readonly createTableMs: number;
    readonly deleteTableMs: number;
    readonly updateTableMs: number;
  }): Server;
}
