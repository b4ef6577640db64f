import { useSearchParams } from 'react-router';

/** Addresses of domains' pages; the chosen environment goes along. */
export function useDomainPath(): (name: string) => string {
  const [search] = useSearchParams();
  const query = search.get('environment') === 'test' ? '?environment=test' : '';
  return (name) => `/domains/${encodeURIComponent(name)}${query}`;
}
