import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from './client.ts';

/** Key of the account's view: invalidate it after anything that changes usage, domains or notices. */
export const ACCOUNT_KEY = ['account'] as const;

/** The signed-in user's account: plan, usage, sending, notices. One request serves all its users. */
export function useAccount() {
  return useQuery({
    queryKey: ACCOUNT_KEY,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/account', { signal })),
    refetchInterval: 60_000,
  });
}
