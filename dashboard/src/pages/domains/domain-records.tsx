import { Fragment } from 'react';
import { CopyButton } from '../../components/copy-button.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { StatusBadge, type Tone } from '../../components/status-badge.tsx';
import classes from './domain-records.module.css';
import { type Domain, type DomainRecord, recordName } from './domain-words.ts';

const STATUSES: Readonly<Record<DomainRecord['status'], readonly [Tone, string]>> = {
  unchecked: ['waiting', 'Not checked'],
  found: ['good', 'Found'],
  missing: ['bad', 'Missing'],
  different: ['bad', 'Different'],
};

function RecordStatus({ record }: { record: DomainRecord }) {
  const [tone, words] = STATUSES[record.status];
  const mild = !record.required && tone === 'bad';
  return <StatusBadge tone={mild ? 'warning' : tone}>{words}</StatusBadge>;
}

/** A value that may break before its dots, where it is easiest to read on. */
function Dotted({ text }: { text: string }) {
  const [first, ...rest] = text.split('.');
  return (
    <>
      {first}
      {rest.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts never move.
        <Fragment key={index}>
          <wbr />.{part}
        </Fragment>
      ))}
    </>
  );
}

/** A host name; the part that many providers add themselves is dimmed. */
function HostName({ name, domain }: { name: string; domain: string }) {
  const suffix = `.${domain}`;
  if (!name.endsWith(suffix)) return <code>{name}</code>;
  return (
    <code>
      <Dotted text={name.slice(0, -suffix.length)} />
      <wbr />
      <span className={classes.domain}>{suffix}</span>
    </code>
  );
}

type ValueProps = { readonly record: DomainRecord; readonly label: string };

function Priority({ record, label }: ValueProps) {
  if (record.priority === undefined) return null;
  const priority = String(record.priority);
  return (
    <div className={classes.value}>
      <code>Priority {priority}</code>
      <CopyButton value={priority} name={`the priority of ${label}`} />
    </div>
  );
}

function Value({ record, label }: ValueProps) {
  return (
    <div className={classes.long}>
      <div className={classes.value}>
        <code>
          <Dotted text={record.value} />
        </code>
        <CopyButton value={record.value} name={`the value of ${label}`} />
      </div>
      <Priority record={record} label={label} />
      {record.status === 'different' && (
        <span className={classes.instead}>
          {record.found.length > 1 ? 'Found several, but only one is allowed' : 'Found instead'}:
          {record.found.map((found) => (
            <code key={found}>{found}</code>
          ))}
        </span>
      )}
    </div>
  );
}

function columnsOf({ name, records }: Domain): Column<DomainRecord>[] {
  const label = (record: DomainRecord) => recordName(record, records);
  return [
    {
      name: 'Record',
      width: '8rem',
      cell: (record) => (
        <div>
          {label(record)}
          <span className={classes.need}>{record.required ? 'Required' : 'Recommended'}</span>
        </div>
      ),
    },
    {
      name: 'Type',
      width: '6.5rem',
      cell: (record) => (
        <div className={classes.value}>
          <code>{record.type}</code>
          <CopyButton value={record.type} name={`the type of ${label(record)}`} />
        </div>
      ),
    },
    {
      name: 'Name',
      cell: (record) => (
        <div className={`${classes.value} ${classes.long}`}>
          <HostName name={record.name} domain={name} />
          <CopyButton value={record.name} name={`the name of ${label(record)}`} />
        </div>
      ),
    },
    { name: 'Value', cell: (record) => <Value record={record} label={label(record)} /> },
    { name: 'In DNS', width: '8rem', cell: (record) => <RecordStatus record={record} /> },
  ];
}

type RecordsProps = { readonly domain: Domain; readonly required: boolean };

function RecordsTable({ domain, required }: RecordsProps) {
  const items = domain.records.filter((record) => record.required === required);
  const list = { items, error: null, hasMore: false, isLoadingMore: false };
  const still = { loadMore: () => undefined, retry: () => undefined };
  return (
    <DataTable
      label={required ? 'Required records' : 'Recommended records'}
      list={{ ...list, ...still }}
      columns={columnsOf(domain)}
      keyOf={({ purpose, name }) => `${purpose} ${name}`}
      empty={null}
    />
  );
}

function WhereToAdd({ domain }: { domain: Domain }) {
  const example = domain.records[0]?.name ?? `_dmarc.${domain.name}`;
  const short = example.slice(0, -(domain.name.length + 1));
  return (
    <Panel title="Where to add them">
      <ul className={classes.hint}>
        <li>
          At your DNS provider, often your registrar. Look for "DNS records" or "DNS zone" there.
        </li>
        <li>
          Many providers add the domain to a record's name. If yours does, enter only{' '}
          <code>
            <Dotted text={short} />
          </code>
          , without <code>.{domain.name}</code>. If {domain.name} is a subdomain, omit only the
          zone's name.
        </li>
        <li>
          Turn off any proxy for these records (Cloudflare: "DNS only"). Do not put quotation marks
          around the values.
        </li>
        <li>DNS changes take minutes, sometimes hours.</li>
      </ul>
    </Panel>
  );
}

/** The DNS records that a domain needs, and whether DNS has each of them. */
export function DomainRecords({ domain }: { domain: Domain }) {
  return (
    <>
      {domain.records.some(({ required }) => required) && (
        <Panel
          flush
          title="Required records"
          description="They prove that you own the domain, and Amazon SES signs your emails with them."
        >
          <RecordsTable domain={domain} required />
        </Panel>
      )}
      <Panel
        flush
        title="Recommended records"
        description="These improve deliverability. MAIL FROM and SPF return bounces to your own domain. DMARC tells mail servers what to do with emails that only pretend to come from it."
      >
        <RecordsTable domain={domain} required={false} />
      </Panel>
      {domain.status === 'verified' || <WhereToAdd domain={domain} />}
    </>
  );
}
