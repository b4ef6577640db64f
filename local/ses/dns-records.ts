import * as v from 'valibot';
import type { DnsRecord } from '../dns/server.ts';
import { type Documents, documents } from './documents.ts';
import { badRequest } from './errors.ts';
import { jsonBody, type Route, route, sendJson } from './http.ts';
import { DKIM_ZONE, type Identities } from './identities.ts';
import type { Store } from './store.ts';

/** What a name holds that somebody has set it to. */
interface Zone {
  readonly name: string;
  readonly records: readonly DnsRecord[];
}

/** The DNS of this machine's domains. */
export interface DnsRecords {
  /** All records of a name in lower case; none for a name that does not exist. */
  recordsOf(name: string): readonly DnsRecord[];
  readonly routes: readonly Route[];
}

const hostName = v.pipe(v.string(), v.regex(/^(?=.{1,253}\.?$)([\w-]{1,63}\.)*[\w-]{1,63}\.?$/));

const recordSchema = v.variant('type', [
  v.strictObject({ type: v.literal('CNAME'), value: hostName }),
  v.strictObject({
    type: v.literal('MX'),
    value: v.pipe(v.string(), v.regex(/^\d{1,4} [\w.-]{1,253}$/)),
  }),
  v.strictObject({ type: v.literal('TXT'), value: v.pipe(v.string(), v.maxBytes(1000)) }),
]);

const zoneSchema = v.strictObject({ records: v.pipe(v.array(recordSchema), v.maxLength(20)) });

const PATH = '/_local/dns';

/**
 * Records that are set by hand, and where a name has none: the DKIM records of every domain that was verified
 * on demand, which replace what its owner would have added.
 */
export function createDnsRecords(db: Store, identities: Identities): DnsRecords {
  const zones: Documents<Zone> = documents(db, 'dns');
  const named = (params: Readonly<Record<string, string>>) =>
    (params.name ?? '').toLowerCase().replace(/\.$/, '');
  return {
    recordsOf: (name) => zones.get(name)?.records ?? dkimRecords(name, identities),
    routes: [
      route('GET', PATH, (_call, response) => sendJson(response, 200, { data: zones.list() })),
      route('PUT', `${PATH}/{name}`, (call, response) => {
        const zone = { name: named(call.params), records: readRecords(jsonBody(call)) };
        zones.put(zone.name, zone);
        sendJson(response, 200, zone);
      }),
      route('DELETE', `${PATH}/{name}`, (call, response) => {
        zones.delete(named(call.params));
        sendJson(response, 200, {});
      }),
    ],
  };
}

function readRecords(body: unknown): readonly DnsRecord[] {
  const parsed = v.safeParse(zoneSchema, body);
  if (parsed.success) return parsed.output.records;
  throw badRequest(
    'The body must look like {"records":[{"type":"TXT","value":"v=spf1 -all"}]}: type is CNAME, MX ' +
      '("10 mx.example.com") or TXT. An empty list hides the records that the name has by default.',
  );
}

function dkimRecords(name: string, identities: Identities): readonly DnsRecord[] {
  const [, token, domain] = /^([a-z0-9]+)\._domainkey\.(.+)$/.exec(name) ?? [];
  const identity = identities.list().find((each) => each.name === domain);
  const isThere =
    token !== undefined && identity?.status === 'SUCCESS' && identity.dkimTokens.includes(token);
  return isThere ? [{ type: 'CNAME', value: `${token}.${DKIM_ZONE}` }] : [];
}
