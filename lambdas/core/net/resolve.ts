import { lookup, Resolver } from 'node:dns/promises';

/** Finds all addresses of a name, A and AAAA; rejects when it has none. */
export type Resolve = (name: string) => Promise<string[]>;

/** The machine's own resolver, with its hosts file and search list: what it finds is checked like the rest. */
export async function resolveBySystem(name: string): Promise<string[]> {
  const found = await lookup(name, { all: true, order: 'verbatim' });
  return found.map(({ address }) => address);
}

/** One query's time in milliseconds, and how often it is asked: well within a webhook's 15 seconds. */
const QUERY = { timeout: 2000, tries: 2 };

/**
 * Asks the name servers directly. The machine's own resolver answers on a pool of four threads, where a few
 * names with dead servers would hold up everybody else's.
 *
 * @param servers `address:port` of each. @default those that the machine is configured with
 */
export function resolveByServers(servers?: readonly string[]): Resolve {
  const resolver = new Resolver(QUERY);
  if (servers) resolver.setServers(servers);
  return async (name) => {
    const families = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    const found = families.flatMap((family) => (family.status === 'fulfilled' ? family.value : []));
    const failed = families.find((family) => family.status === 'rejected');
    if (found.length === 0 && failed) throw failed.reason;
    return found;
  };
}

/** The resolver that was given; else the name servers, on a laptop the machine's own resolver. */
export function resolverFor(given: {
  readonly local: boolean;
  readonly resolve?: Resolve;
}): Resolve {
  return given.resolve ?? (given.local ? resolveBySystem : resolveByServers());
}
