import { isLoopback, isPublic } from './public-address.ts';
import type { Resolve } from './resolve.ts';
import { readTarget, type Target, type UrlRules } from './target.ts';

/** What a URL has come to, its name having been resolved once. */
export type Aim =
  /** What is wrong with the URL, to follow "The 'url' field". */
  | { readonly kind: 'refused'; readonly objection: string }
  | { readonly kind: 'unresolved' }
  /** The first address that is not public; the others do not count any more. */
  | { readonly kind: 'private'; readonly address: string }
  /** All its addresses, each of them allowed, in the resolver's order. */
  | { readonly kind: 'clear'; readonly target: Target; readonly addresses: readonly string[] };

/** Node's look-ups fail with a code; anything else is no answer about the name. */
async function addressesOf(name: string, resolve: Resolve): Promise<string[]> {
  try {
    return await resolve(name);
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown) return [];
    throw thrown;
  }
}

/** Holds a URL against the rules, then every address behind it. */
export async function takeAim(written: string, rules: UrlRules, resolve: Resolve): Promise<Aim> {
  const read = readTarget(written, rules);
  if ('objection' in read) return { kind: 'refused', objection: read.objection };
  const { host, isAddress } = read.target;
  const addresses = isAddress ? [host] : await addressesOf(host, resolve);
  if (addresses.length === 0) return { kind: 'unresolved' };
  const barred = addresses.find(
    (address) => !isPublic(address) && !(rules.local && isLoopback(address)),
  );
  if (barred !== undefined) return { kind: 'private', address: barred };
  return { kind: 'clear', target: read.target, addresses };
}
