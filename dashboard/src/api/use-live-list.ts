import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { type ListPage, useList } from './use-list.ts';

/**
 * A list that keeps itself fresh every so many milliseconds while only its first page is shown and the tab
 * is seen; `isLive` says whether it does, `backToNewest` drops the other pages.
 */
export function useLiveList<Item>(
  key: readonly unknown[],
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<ListPage<Item>>,
  interval: number,
) {
  const client = useQueryClient();
  type Pages = InfiniteData<ListPage<Item>, string | undefined>;
  const isLive = (client.getQueryData<Pages>(key)?.pages.length ?? 1) <= 1;
  const list = useList(key, load, isLive ? { refetchInterval: interval } : {});
  const backToNewest = () => {
    client.setQueryData<Pages>(key, (shown) =>
      shown
        ? { pages: shown.pages.slice(0, 1), pageParams: shown.pageParams.slice(0, 1) }
        : undefined,
    );
    void client.invalidateQueries({ queryKey: key, exact: true });
  };
  return { ...list, isLive, backToNewest };
}
