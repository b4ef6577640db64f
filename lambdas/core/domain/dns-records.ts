/** What the CNAME records that prove a domain are made of, as SES gives it. */
export type Dkim = {
  /** SES's three Easy DKIM tokens; none while adding the domain is not finished. */
  readonly dkimTokens: readonly string[];
  /**
   * The zone that SES has their keys in, which depends on the region. Absent where SES names none, and in what
   * was stored before the zone was kept.
   */
  readonly dkimZone?: string | undefined;
};

/** A DNS record that a domain's owner adds. */
export type DomainRecord = {
  readonly type: 'CNAME' | 'MX' | 'TXT';
  /** Full host name, without a dot at its end. */
  readonly name: string;
  readonly value: string;
  /** Of an MX record. */
  readonly priority?: number;
  readonly purpose: 'dkim' | 'mail_from' | 'spf' | 'dmarc';
  /** False where it is recommended. */
  readonly required: boolean;
};

/** What a look-up made of a record. */
export type Finding = {
  /** `unchecked`: not looked up yet, or the name servers did not answer. */
  readonly status: 'unchecked' | 'found' | 'missing' | 'different';
  /** The values in DNS instead or as well, at most five. */
  readonly found: readonly string[];
};

/** The public DNS. */
export type DnsRecords = {
  /**
   * The values of a name's records: host names in lower case without a dot at the end, an MX record with its
   * priority before it (`10 mx.example.com`), a TXT record in one piece. Undefined when nobody could say.
   */
  lookUp(type: DomainRecord['type'], name: string): Promise<readonly string[] | undefined>;
};

/** Values and characters of a value that are kept of what was found. */
const MOST_VALUES = 5;
const VALUE_LENGTH = 255;

/** Where the keys of DKIM tokens are when SES names no zone. */
const DEFAULT_DKIM_ZONE = 'dkim.amazonses.com';

/** What makes a domain's records, beside SES's region. */
type Named = Dkim & { readonly name: string };

/** The sub-domain that bounces go back to, so that SPF passes for the sender's own domain. */
export function mailFromDomain(name: string): string {
  return `bounce.${name}`;
}

/** The CNAME records that prove the domain (docs/api.md, "Domains"), in the zone that SES names. */
export function dkimRecords({ name, dkimTokens, dkimZone = DEFAULT_DKIM_ZONE }: Named) {
  return dkimTokens.map(
    (token): DomainRecord => ({
      type: 'CNAME',
      name: `${token}._domainkey.${name}`,
      value: `${token}.${dkimZone}`,
      purpose: 'dkim',
      required: true,
    }),
  );
}

/** Everything that the owner is asked to add; `region` is SES's. */
export function domainRecords(domain: Named, region: string): DomainRecord[] {
  const mailFrom = mailFromDomain(domain.name);
  return [
    ...dkimRecords(domain),
    {
      type: 'MX',
      name: mailFrom,
      value: `feedback-smtp.${region}.amazonses.com`,
      priority: 10,
      purpose: 'mail_from',
      required: false,
    },
    {
      type: 'TXT',
      name: mailFrom,
      value: 'v=spf1 include:amazonses.com ~all',
      purpose: 'spf',
      required: false,
    },
    {
      type: 'TXT',
      name: `_dmarc.${domain.name}`,
      value: 'v=DMARC1; p=none;',
      purpose: 'dmarc',
      required: false,
    },
  ];
}

/** Values that are meant for a record's purpose: other TXT records may exist beside it. */
function candidates({ purpose }: DomainRecord, values: readonly string[]): readonly string[] {
  if (purpose === 'spf') return values.filter((value) => /^v=spf1( |$)/i.test(value));
  if (purpose === 'dmarc') return values.filter((value) => /^v=DMARC1 *(;|$)/i.test(value));
  return values;
}

/** Whether one value does what the record is for; an owner's stricter policy does. */
function serves({ purpose, value }: DomainRecord, written: string): boolean {
  if (purpose === 'dmarc') return true;
  if (purpose === 'spf') return /(^| )\+?include:amazonses\.com( |$)/i.test(written);
  return (purpose === 'mail_from' ? written.replace(/^\d+ /, '') : written) === value;
}

/** Compares a record with what its name holds. */
export function findingOf(record: DomainRecord, values: readonly string[] | undefined): Finding {
  if (values === undefined) return { status: 'unchecked', found: [] };
  const meant = candidates(record, values);
  const found = meant.slice(0, MOST_VALUES).map((value) => value.slice(0, VALUE_LENGTH));
  if (meant.length === 0) return { status: 'missing', found };
  // SES and RFC 7208 §4.5 and RFC 7489 §6.6.3 want exactly one.
  const right = meant.length === 1 && serves(record, meant[0] ?? '');
  return { status: right ? 'found' : 'different', found };
}

/** Looks all of them up, side by side. */
export function lookUpAll(records: readonly DomainRecord[], dns: DnsRecords): Promise<Finding[]> {
  const one = async (record: DomainRecord) =>
    findingOf(record, await dns.lookUp(record.type, record.name));
  return Promise.all(records.map(one));
}
