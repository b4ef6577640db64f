import type { ListQuery, Page } from '../email/email-store.ts';
import { toEmail } from './email-item.ts';
import { getItems, type Item, inOrder, type PageQuery, queryPage } from './items.ts';
import { keys, lists } from './keys.ts';
import type { Table } from './table.ts';

const idOf = (position: string) => position.slice(position.indexOf('#') + 1);

/** The partition that holds the list, and the key after which to go on. */
function partitionOf(query: ListQuery): Pick<PageQuery, 'partition' | 'byTime' | 'startKey'> {
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

/** One page of emails, newest first; entries without a record are passed over. */
export async function listEmails(table: Table, query: ListQuery): Promise<Page> {
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
  const wanted = items.map((item) => keys.email(query.account, idOf(position(item))));
  const emails = inOrder(wanted, await getItems(table, wanted)).flatMap(
    (item) => toEmail(item) ?? [],
  );
  return { emails, position: lastKey ? position(lastKey) : null };
}
