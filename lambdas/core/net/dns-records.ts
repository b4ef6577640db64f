import { Resolver } from 'node:dns/promises';
import type { DnsRecords } from '../domain/dns-records.ts';

/** One query's time in milliseconds, and how often it is asked; a caller of Verify waits for it. */
const QUERY = { timeout: 2000, tries: 2 };

/** What says for sure that there is no such record; all else means that nobody could say. */
const ABSENT: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'ENODATA']);

const hostName = (written: string) => written.toLowerCase().replace(/\.$/, '');

async function ask(
  resolver: Resolver,
  type: Parameters<DnsRecords['lookUp']>[0],
  name: string,
): Promise<string[]> {
  if (type === 'CNAME') return (await resolver.resolveCname(name)).map(hostName);
  if (type === 'TXT') return (await resolver.resolveTxt(name)).map((parts) => parts.join(''));
  const found = await resolver.resolveMx(name);
  return found.map(({ priority, exchange }) => `${priority} ${hostName(exchange)}`);
}

/**
 * Records as name servers answer them.
 *
 * @param servers `address:port` of each. @default those that the machine is configured with
 * @param query the time of one query, milliseconds, and the number of them. @default 2 s, twice
 */
export function dnsRecords(servers?: readonly string[], query = QUERY): DnsRecords {
  const resolver = new Resolver(query);
  if (servers) resolver.setServers(servers);
  return {
    async lookUp(type, name) {
      try {
        return await ask(resolver, type, name);
      } catch (error) {
        return ABSENT.has((error as { code?: unknown }).code) ? [] : undefined;
      }
    },
  };
}
