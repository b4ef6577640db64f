import { TABLE } from '../contract/table.ts';
import type { Dkim } from '../domain/dns-records.ts';
import type { Domain, DomainChanges, Released } from '../domain/domain.ts';
import type { Condition } from './conditional.ts';
import type { Item } from './items.ts';
import { keys, lists } from './keys.ts';

const { byTime, due } = TABLE;

/** The `status` of a name that was given up. */
export const RELEASED = 'released';

/** A claim's item; the index by time has it in its account's list, the due index when it is to be checked. */
export function claimItem({ nextCheckAt, ...domain }: Domain): Item {
  return {
    ...keys.domain(domain.name),
    [byTime.partitionKey]: lists.domains(domain.account),
    [byTime.sortKey]: `${domain.createdAt}#${domain.name}`,
    ...(nextCheckAt === undefined ? {} : dueAttributes(nextCheckAt)),
    ...domain,
  };
}

function dueAttributes(nextCheckAt: number | undefined): Item {
  const partition = nextCheckAt === undefined ? undefined : lists.dueDomains();
  return { [due.partitionKey]: partition, [due.sortKey]: nextCheckAt };
}

/** The attributes of what changes. */
export function changedAttributes(
  { nextCheckAt, ...changes }: DomainChanges,
  moves: boolean,
): Item {
  return { ...changes, ...(moves ? dueAttributes(nextCheckAt) : {}) };
}

/** The claim that an item is; undefined where it is only a trace. */
export function toDomain(item: Item): Domain | undefined {
  if (item.status === RELEASED) return undefined;
  const { name, account, status, reason, dkimTokens, createdAt, verifiedAt, checkedAt } =
    item as Domain;
  const { dkimZone, pendingSince, lostSince, findings, former } = item as Domain;
  const marks = { verifiedAt, checkedAt, pendingSince, lostSince };
  const optional = { reason, dkimZone, ...marks, findings, former };
  const at = item[due.sortKey];
  const given = Object.entries(optional).filter(([, value]) => value !== undefined);
  return {
    name,
    account,
    status,
    dkimTokens,
    createdAt,
    ...Object.fromEntries(given),
    ...(at === undefined ? {} : { nextCheckAt: Number(at) }),
  };
}

/** The trace that an item is; undefined where it is a claim. */
export function toReleased(item: Item): Released | undefined {
  if (item.status !== RELEASED) return undefined;
  const { releasedBy, dkimTokens, dkimZone, releasedAt } = item as Item & Released;
  return { account: String(releasedBy), dkimTokens, dkimZone, releasedAt };
}

const recordsBefore = ({ former }: Domain): Dkim => former ?? { dkimTokens: [] };

/** What a released name's item keeps and loses. */
export function releasedAttributes(domain: Domain, at: string): Item {
  const { dkimTokens, dkimZone } = domain.dkimTokens.length > 0 ? domain : recordsBefore(domain);
  const gone = ['account', 'reason', 'verifiedAt', 'checkedAt', 'pendingSince', 'lostSince'];
  const listed = [byTime.partitionKey, byTime.sortKey, due.partitionKey, due.sortKey];
  const absent = [...gone, 'findings', 'former', 'createdAt', ...listed];
  return {
    ...Object.fromEntries(absent.map((attribute) => [attribute, undefined])),
    status: RELEASED,
    releasedBy: domain.account,
    releasedAt: at,
    dkimTokens,
    dkimZone,
  };
}

/** That a claim is as it was read: nobody has restarted it, checked it or changed its status. */
export function asSeen(domain: Domain): Condition {
  const marks = { pendingSince: domain.pendingSince, checkedAt: domain.checkedAt };
  const parts = Object.entries(marks).map(([name, value]) =>
    value === undefined ? `attribute_not_exists(${name})` : `${name} = :seen_${name}`,
  );
  const values = Object.entries(marks).flatMap(([name, value]) =>
    value === undefined ? [] : [[`:seen_${name}`, value]],
  );
  return {
    expression: ['account = :account', '#status = :status', ...parts].join(' AND '),
    names: { '#status': 'status' },
    values: {
      ':account': domain.account,
      ':status': domain.status,
      ...Object.fromEntries(values),
    },
  };
}

/** That a released name is the one that was read. */
export function asReleased({ account, releasedAt }: Released): Condition {
  return {
    expression: 'releasedBy = :by AND releasedAt = :at',
    values: { ':by': account, ':at': releasedAt },
  };
}
