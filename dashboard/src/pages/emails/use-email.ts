import { useQuery } from '@tanstack/react-query';
import { api, type Schema, unwrap } from '../../api/client.ts';
import { statusWords } from '../../components/event-words.ts';

type Email = Schema<'Email'>;

/** Milliseconds between two requests: for a new email, and for one that has been on its way for long. */
const REFRESH = { fresh: 2_500, old: 30_000 };
const FRESH_FOR = 10 * 60_000;

/** Whether we expect no more events; a complaint can still arrive later. */
export function isFinal({ status }: Email): boolean {
  return statusWords(status).final ?? false;
}

function refreshOf(email: Email | undefined): number | false {
  if (!email || isFinal(email)) return false;
  return Date.now() - Date.parse(email.createdAt) < FRESH_FOR ? REFRESH.fresh : REFRESH.old;
}

/** One email, read again while it is on its way. */
export function useEmail(id: string) {
  return useQuery({
    queryKey: ['emails', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/emails/{id}', { params: { path: { id } }, signal })),
    refetchInterval: (query) => refreshOf(query.state.data),
  });
}

/** What an email says; it never changes. */
export function useContent(id: string) {
  return useQuery({
    queryKey: ['emails', id, 'content'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/emails/{id}/content', { params: { path: { id } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
