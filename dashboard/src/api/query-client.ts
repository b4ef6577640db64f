import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './errors.ts';

const MOST_RETRIES = 2;

/** Retries only what may succeed next time: the API repeats its own errors. */
function worthRetrying(failures: number, error: Error): boolean {
  const final = error instanceof ApiError && error.status < 500;
  return !final && failures < MOST_RETRIES;
}

/** The store of all that was read from the API; emptied when the user signs out. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 15_000, retry: worthRetrying, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});
