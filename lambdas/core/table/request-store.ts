import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import {
  type KeptRequest,
  MOST_A_SECOND,
  MOST_LISTED,
  type RefusedRequest,
  type RequestStore,
} from '../request-log/refused-request.ts';
import { type Item, queryPage } from './items.ts';
import { keys, lists } from './keys.ts';
import { expiresAt, ifConditionHolds, type Table } from './table.ts';

/** How long a refusal can be seen. */
const DAYS = 30;
/** How long the answer to a refused request may wait for its note, in milliseconds. */
const WRITE_MS = 500;
/** Seconds that are read at once. */
const SECONDS_PER_PAGE = 50;

const secondOf = (time: string) => Math.floor(Date.parse(time) / 1000);

/** Appends to the second's item, whose length is the cap: one write, whatever others write meanwhile. */
function appendTo(table: Table, account: string, refused: RefusedRequest) {
  const at = Date.parse(refused.time);
  return new UpdateCommand({
    TableName: table.name,
    Key: keys.refused(account, secondOf(refused.time)),
    UpdateExpression:
      'SET #entries = list_append(if_not_exists(#entries, :none), :entry), #ttl = :ttl',
    ConditionExpression: 'attribute_not_exists(#entries) OR size(#entries) < :most',
    ExpressionAttributeNames: { '#entries': 'entries', '#ttl': 'ttl' },
    ExpressionAttributeValues: {
      ':none': [],
      ':entry': [refused],
      ':most': MOST_A_SECOND,
      ':ttl': expiresAt(at, DAYS),
    },
  });
}

/** An item's entries keep their place, so place and time make an id. */
function entriesOf(item: Item): KeptRequest[] {
  const entries = (item.entries ?? []) as RefusedRequest[];
  return entries.map((entry, place) => {
    const time = Date.parse(entry.time).toString(36).padStart(9, '0');
    return { ...entry, id: `req_${time}_${place}` };
  });
}

const newestFirst = (a: KeptRequest, b: KeptRequest) => (a.id < b.id ? 1 : -1);

/**
 * Refused requests on the table: an item for each second that had any.
 *
 * @param writeMs after so many milliseconds a note is given up
 */
export function requestStore(table: Table, writeMs = WRITE_MS): RequestStore {
  // In a flood most refusals meet a full second; an instance that has seen one writes no more in it.
  let full = { second: 0, accounts: new Set<string>() };
  return {
    async note(account, refused) {
      const second = secondOf(refused.time);
      if (second !== full.second) full = { second, accounts: new Set() };
      const seen = full.accounts;
      if (seen.has(account)) return;
      const abortSignal = AbortSignal.timeout(writeMs);
      const write = table.counterClient.send(appendTo(table, account, refused), { abortSignal });
      if (!(await ifConditionHolds(write))) seen.add(account);
    },
    async list(account, now) {
      const from = String(Math.floor(now / 1000) - DAYS * 24 * 60 * 60);
      const found: KeptRequest[] = [];
      let startKey: Item | undefined;
      do {
        const page = await queryPage(table, {
          partition: lists.refused(account),
          limit: SECONDS_PER_PAGE,
          byTime: false,
          from,
          ...(startKey ? { startKey } : {}),
        });
        found.push(...page.items.flatMap(entriesOf));
        startKey = page.lastKey;
      } while (startKey && found.length < MOST_LISTED);
      return found.sort(newestFirst).slice(0, MOST_LISTED);
    },
  };
}
