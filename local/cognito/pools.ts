import type { ClientOptions, Parts, PoolOptions } from './parts.ts';

/** A user pool of the template, with what belongs to it. */
export interface PoolPlan {
  readonly pool: PoolOptions;
  readonly clients: readonly ClientOptions[];
  readonly groups: readonly {
    readonly GroupName: string;
    readonly Precedence?: number | undefined;
  }[];
}

/** Makes a pool, or gives the one that is there these settings; its users stay. */
export async function putPool(parts: Parts, { pool, clients, groups }: PoolPlan): Promise<void> {
  const { context, pools } = parts;
  const now = new Date();
  const there = (await pools.listUserPools(context)).find(({ Id }) => Id === pool.Id);
  const dates = { CreationDate: there?.CreationDate ?? now, LastModifiedDate: now };
  if (there === undefined) await pools.createUserPool(context, { ...pool, ...dates });
  const service = await pools.getUserPool(context, pool.Id);
  await service.updateOptions(context, { ...service.options, ...pool, ...dates });
  for (const client of clients) {
    await service.saveAppClient(context, { ...client, CreationDate: now, LastModifiedDate: now });
  }
  for (const group of groups) {
    const found = await service.getGroupByGroupName(context, group.GroupName);
    const made = { CreationDate: now, members: [], ...found };
    await service.saveGroup(context, {
      ...made,
      ...group,
      UserPoolId: pool.Id,
      LastModifiedDate: now,
    });
  }
}
