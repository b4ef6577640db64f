import type { ApiKey, ApiKeyStore, KeyPlace, KeyPlaces } from './api-key.ts';

/** Keys of an account that are not revoked; our own choice: one for each server, and still a list that people read. */
export const MOST_KEYS = 100;

/** Longer than any request lasts, in milliseconds: an older place without a key will never have one. */
const IN_THE_MAKING = 5 * 60 * 1000;

/** What keeping a key touches. */
export type KeyLimitDeps = {
  readonly apiKeys: Pick<ApiKeyStore, 'create' | 'findAll'>;
  readonly keyPlaces: KeyPlaces;
};

/** Frees the places of keys that were revoked, that the table has forgotten, or that were never made. */
async function clear(deps: KeyLimitDeps, account: string, now: number): Promise<void> {
  const places = await deps.keyPlaces.list(account);
  const found = await deps.apiKeys.findAll(places.map(({ id }) => id));
  const byId = new Map(found.map((key) => [key.id, key]));
  const isGone = ({ id, createdAt }: KeyPlace) => {
    const key = byId.get(id);
    return key ? key.revokedAt !== undefined : Date.parse(createdAt) < now - IN_THE_MAKING;
  };
  await deps.keyPlaces.free(account, places.filter(isGone));
}

/**
 * Keeps a new key, unless its account has {@link MOST_KEYS} that are not revoked; false then. The place comes
 * before the key, so no more than that are kept, however many are made at once. Revoking frees nothing: that is
 * done here, once no place is left.
 *
 * @param now epoch milliseconds
 */
export async function createWithinLimit(
  deps: KeyLimitDeps,
  key: ApiKey,
  now: number,
): Promise<boolean> {
  const take = () => deps.keyPlaces.take(key.account, key, MOST_KEYS);
  if (!(await take())) {
    await clear(deps, key.account, now);
    if (!(await take())) return false;
  }
  await deps.apiKeys.create(key);
  return true;
}
