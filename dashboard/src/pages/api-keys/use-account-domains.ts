import { useQuery } from '@tanstack/react-query';
import { api, type Schema, unwrap } from '../../api/client.ts';

/** Most that the API gives in one page. */
const PAGE = 100;

async function readAll(signal: AbortSignal): Promise<Schema<'Domain'>[]> {
  const all: Schema<'Domain'>[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: PAGE, cursor };
    const page = await unwrap(api.GET('/api/v1/domains', { params: { query }, signal }));
    all.push(...page.data);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return all;
}

/** Every domain of the account, for choosing one. */
export function useAccountDomains() {
  return useQuery({
    queryKey: ['domains', { all: true }],
    queryFn: ({ signal }) => readAll(signal),
  });
}
