import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  paginateScan,
} from '@aws-sdk/client-dynamodb';

/** The seeded account of data directories from before there were users; it had the domain and the keys. */
const FORMER = '10ca110ca110ca110ca110ca';

/** DynamoDB takes so many writes in one call. */
const MOST_WRITES = 25;

type Key = ReturnType<typeof keyOf>;

/**
 * Removes what the former seeded account left, so that its domain and keys can be the user's. May be
 * repeated: the account itself goes last.
 *
 * @param sesUrl the local SES, where its identities are
 * @returns whether there was one
 */
export async function forgetFormerAccount(
  table: DynamoDBClient,
  { tableName, sesUrl }: { readonly tableName: string; readonly sesUrl: string },
): Promise<boolean> {
  const account = { pk: { S: `account#${FORMER}` }, sk: { S: 'account' } };
  const found = await table.send(new GetItemCommand({ TableName: tableName, Key: account }));
  if (found.Item === undefined) return false;
  for await (const { Items = [] } of paginateScan({ client: table }, { TableName: tableName })) {
    const own = Items.filter((item) => item.account?.S === FORMER || item.pk?.S?.includes(FORMER));
    const domains = own.map(({ pk }) => /^domain#(.+)$/.exec(pk?.S ?? '')?.[1]);
    for (const domain of domains) if (domain !== undefined) await removeIdentity(sesUrl, domain);
    const others = own
      .map(keyOf)
      .filter(({ pk, sk }) => pk.S !== account.pk.S || sk.S !== account.sk.S);
    await removeAll(table, tableName, others);
  }
  await table.send(new DeleteItemCommand({ TableName: tableName, Key: account }));
  return true;
}

async function removeAll(table: DynamoDBClient, tableName: string, keys: readonly Key[]) {
  for (let at = 0; at < keys.length; at += MOST_WRITES) {
    const deletions = keys.slice(at, at + MOST_WRITES).map((Key) => ({ DeleteRequest: { Key } }));
    await table.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: deletions } }));
  }
}

/** One that is not there is gone already. */
async function removeIdentity(sesUrl: string, domain: string): Promise<void> {
  const url = `${sesUrl}/v2/email/identities/${encodeURIComponent(domain)}`;
  const response = await fetch(url, { method: 'DELETE' });
  await response.body?.cancel();
}

function keyOf({ pk, sk }: Readonly<Record<string, { readonly S?: string | undefined }>>) {
  return { pk: { S: pk?.S ?? '' }, sk: { S: sk?.S ?? '' } };
}
