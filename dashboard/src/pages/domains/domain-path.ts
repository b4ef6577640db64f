import { useSearchParams } from 'react-router';

/** Addresses of the domains' pages; they keep the chosen environment. */
export function useDomainPath(): (name: string) => string {
  const [search] = useSearchParams();
  const query = search.get('environment') === 'test' ? '?environment=test' : '';
  return (name) => `/domains/${encodeURIComponent(name)}${query}`;
}
