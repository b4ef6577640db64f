import { useInfiniteQuery } from '@tanstack/react-query';

/** A page of one of the API's lists. */
export type ListPage<Item> = { data: Item[]; nextCursor: string | null };

type ListOptions = {
  /** False leaves the list unread for now. */
  readonly enabled?: boolean;
  /** Reads all shown pages again every so many milliseconds. */
  readonly refetchInterval?: number;
};

/**
 * A list of the API, page by page over its cursors.
 * `load` reads one page; the key holds everything that decides what is in it, filters included.
 */
export function useList<Item>(
  key: readonly unknown[],
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<ListPage<Item>>,
  options: ListOptions = {},
) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    ...options,
  });
  return {
    items: query.data?.pages.flatMap((page) => page.data),
    error: query.error,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    isFetching: query.isFetching,
    loadMore: () => void query.fetchNextPage(),
    retry: () => void query.refetch(),
  };
}

/** What {@link useList} gives; `items` is undefined until the first page has come. */
export type List<Item> = ReturnType<typeof useList<Item>>;
