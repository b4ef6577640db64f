import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Email } from '../email/email.ts';
import type { EmailStore, PutResult } from '../email/email-store.ts';
import { encodeFact } from '../email/fact.ts';
import { conditionFailure } from './conditional.ts';
import { type DeliveryWrite, deliveryWrites } from './email-delivery.ts';
import { toEmail, toItem } from './email-item.ts';
import { listEmails } from './email-list.ts';
import { updatesReturningOld } from './email-update.ts';
import { getItem } from './items.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';

function putOf(table: Table, retentionDays: number) {
  return async (email: Email): Promise<PutResult> => {
    const write = new PutCommand({
      TableName: table.name,
      Item: toItem(email, retentionDays),
      ConditionExpression: 'attribute_not_exists(nonce) AND NOT contains(abandoned, :nonce)',
      ExpressionAttributeValues: { ':nonce': email.nonce },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const key = keys.email(email.account, email.id);
    const failure = await conditionFailure(table, key, table.client.send(write));
    if (!failure) return { kind: 'stored' };
    const found = toEmail(failure.item);
    if (!found) return { kind: 'abandoned' };
    return found.nonce === email.nonce ? { kind: 'stored' } : { kind: 'exists', email: found };
  };
}

/** Records for those who only read them. */
export function emailReads(table: Table): Pick<EmailStore, 'find' | 'list'> {
  return {
    async find(account, id) {
      return toEmail(await getItem(table, keys.email(account, id)));
    },
    list: (query) => listEmails(table, query),
  };
}

/** Records for those who report what SES said. */
export function emailFacts(table: Table): Pick<EmailStore, 'find' | 'addFacts'> {
  const updateReturningOld = updatesReturningOld(table);
  return {
    find: emailReads(table).find,
    async addFacts(ref, facts) {
      const written = [...new Set(facts.map(encodeFact))];
      const paths = written.map((_, i) => `facts.#f${i} = :one`);
      const before = await updateReturningOld(ref, {
        set: `SET ${['taken = :yes', ...paths].join(', ')}`,
        condition: 'nonce = :nonce',
        names: Object.fromEntries(written.map((key, i) => [`#f${i}`, key])),
        values: { ':one': 1, ':yes': true, ':nonce': ref.nonce },
      });
      return toEmail(before)?.facts;
    },
  };
}

/** Records for the deliverer. */
export function emailDelivery(table: Table): Pick<EmailStore, 'find' | DeliveryWrite> {
  return { find: emailReads(table).find, ...deliveryWrites(table) };
}

/**
 * Records for the accepting side.
 *
 * @param retentionDays how long a record is kept, from when it was accepted
 */
export function emailAccepts(
  table: Table,
  retentionDays: number,
): Pick<EmailStore, 'find' | 'put'> {
  return { find: emailReads(table).find, put: putOf(table, retentionDays) };
}
