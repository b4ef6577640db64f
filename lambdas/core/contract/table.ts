/** Names of the table's key attributes and indexes, shared by the template and the stores. */
export const TABLE = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /** TTL attribute, in epoch seconds. */
  ttl: 'ttl',
  /** Lists by time: projection KEYS_ONLY. */
  byTime: { indexName: 'gsi1', partitionKey: 'gsi1pk', sortKey: 'gsi1sk' },
  /**
   * What waits longer than a queue can hold: partition `due#<shard>`, sorted by a number, epoch milliseconds.
   * Sparse, KEYS_ONLY.
   */
  due: { indexName: 'gsi2', partitionKey: 'gsi2pk', sortKey: 'gsi2sk', shards: 4 },
} as const;
