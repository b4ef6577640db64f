import { type ApiKey, type ApiKeyStore, isUseNoted } from '../api-key/api-key.ts';
import type { Log } from '../log/logger.ts';
import { type HttpStep, stateOf } from './request.ts';

/** What noting the use of keys needs. */
export type KeyUseDeps = {
  readonly apiKeys: Pick<ApiKeyStore, 'noteUse'>;
  readonly log: Log;
  readonly now: () => number;
};

/**
 * Notes beside a request that its key was used. The note ends with the request at the latest: one that is
 * still under way then is broken off, because the answer does not wait for it and nothing outlives an answer.
 */
export function keyUse({ apiKeys, log, now }: KeyUseDeps) {
  const write = async ({ id, account }: ApiKey, signal: AbortSignal): Promise<void> => {
    try {
      await apiKeys.noteUse(id, new Date(now()).toISOString(), signal);
    } catch (error) {
      if (!signal.aborted) log.error('use of a key not noted', { account }, error);
    }
  };
  return {
    /** Begins the note, where it is time for one. */
    begin(step: HttpStep, key: ApiKey): void {
      if (isUseNoted(key, now())) return;
      const ended = new AbortController();
      stateOf(step).keyUse = { written: write(key, ended.signal), ended };
    },
    /** Ends it. */
    async end(step: HttpStep): Promise<void> {
      const { keyUse: note } = stateOf(step);
      note?.ended.abort();
      await note?.written;
    },
  };
}
