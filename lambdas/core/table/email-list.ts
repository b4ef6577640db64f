import type { Email } from '../email/email.ts';
import type { ListQuery } from '../email/email-store.ts';
import { recipientsOf } from '../email/send-request.ts';
import type { Page } from '../value/page.ts';
import { positionOf, toEmail } from './email-item.ts';
import { getItems, type Item, type ItemQuery, queryPage } from './items.ts';
import { keys, lists } from './keys.ts';
import type { Table } from './table.ts';

const idOf = (position: string) => position.slice(position.indexOf('#') + 1);

/** The partition that holds the list, and the key after which to go on. */
function partitionOf(query: ListQuery): Pick<ItemQuery, 'partition' | 'byTime' | 'startKey'> {
  const { account, environment, recipient, position } = query;
  if (recipient !== undefined) {
    const partition = lists.recipient(account, environment, recipient);
    const start = position ? { startKey: { pk: partition, sk: position } } : {};
    return { partition, byTime: false, ...start };
  }
  const partition = lists.emails(account, environment);
  const start = position
    ? {
        startKey: {
          gsi1pk: partition,
          gsi1sk: position,
          ...keys.email(account, idOf(position)),
        },
      }
    : {};
  return { partition, byTime: true, ...start };
}

function isTo(email: Email, recipient: string | undefined): boolean {
  return recipient === undefined || recipientsOf(email).some(({ key }) => key === recipient);
}

/** One page of emails, newest first; entries without a record are skipped. */
export async function listEmails(table: Table, query: ListQuery): Promise<Page<Email>> {
  // DynamoDB refuses a BETWEEN whose bounds are the wrong way round.
  if (query.after && query.before && query.after > query.before) {
    return { entries: [], position: null };
  }
  const { byTime, ...where } = partitionOf(query);
  const { items, lastKey } = await queryPage(table, {
    ...where,
    byTime,
    limit: query.limit,
    ...(query.after ? { from: query.after } : {}),
    // Positions begin with the time; '~' sorts after the '#' that follows it.
    ...(query.before ? { to: `${query.before}~` } : {}),
  });
  const position = (item: Item) => String(byTime ? item.gsi1sk : item.sk);
  const positions = items.map(position);
  // Several accepts of one idempotency key leave an entry each, of which one led to the record.
  const ids = [...new Set(positions.map(idOf))];
  const found = await getItems(
    table,
    ids.map((id) => keys.email(query.account, id)),
  );
  const byPosition = new Map(
    found.flatMap((item) => {
      const email = toEmail(item);
      return email && isTo(email, query.recipient) ? [[positionOf(email), email]] : [];
    }),
  );
  const entries = positions.flatMap((each) => byPosition.get(each) ?? []);
  return { entries, position: lastKey ? position(lastKey) : null };
}
