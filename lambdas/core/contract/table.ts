/** Names of the table's key attributes and index, shared by the template and the stores. */
export const TABLE = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /** TTL attribute, in epoch seconds. */
  ttl: 'ttl',
  /** Lists by time: projection KEYS_ONLY. */
  byTime: { indexName: 'gsi1', partitionKey: 'gsi1pk', sortKey: 'gsi1sk' },
} as const;
