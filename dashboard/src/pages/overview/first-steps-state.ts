import { useQuery } from '@tanstack/react-query';
import { api, type Schema, unwrap } from '../../api/client.ts';

/** Which steps a new account has done. */
export type Progress = {
  /** The domain for the next step: a verified one if there is one. */
  readonly domain: Schema<'Domain'> | undefined;
  readonly hasKey: boolean;
};

/** Whether the account's counters show no emails, this month and before. */
export function looksUnused(account: Schema<'Account'>): boolean {
  return account.usage.every(({ live, test }) => live.emails === 0 && test.emails === 0);
}

async function hasEmail(environment: 'live' | 'test', signal: AbortSignal): Promise<boolean> {
  const params = { query: { limit: 1, environment } };
  return (await unwrap(api.GET('/api/v1/emails', { params, signal }))).data.length > 0;
}

async function readProgress(signal: AbortSignal): Promise<Progress> {
  const query = { limit: 50 };
  const [domains, keys] = await Promise.all([
    unwrap(api.GET('/api/v1/domains', { params: { query }, signal })),
    unwrap(api.GET('/api/v1/api-keys', { params: { query }, signal })),
  ]);
  return {
    domain: domains.data.find(({ status }) => status === 'verified') ?? domains.data[0],
    hasKey: keys.data.some(({ revokedAt }) => revokedAt === null),
  };
}

/** Null once the account has sent an email; asks for more only while the counters show none. */
export function useFirstSteps(account: Schema<'Account'> | undefined) {
  return useQuery({
    queryKey: ['first-steps'],
    enabled: account !== undefined && looksUnused(account),
    queryFn: async ({ signal }): Promise<Progress | null> => {
      const sent = await Promise.all([hasEmail('live', signal), hasEmail('test', signal)]);
      return sent.includes(true) ? null : readProgress(signal);
    },
    // A user who comes back here has just done a step on another page.
    staleTime: 0,
    refetchInterval: (query) => (query.state.data === null ? false : 15_000),
  });
}
