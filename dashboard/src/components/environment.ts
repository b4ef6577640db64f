import { useSearchParams } from 'react-router';

/** Live emails are delivered; test emails run through the same pipeline and never leave the service. */
export type Environment = 'live' | 'test';

/** The environment that the address names (`?environment=test`), live when it names none. */
export function useEnvironment(): [Environment, (environment: Environment) => void] {
  const [search, setSearch] = useSearchParams();
  const environment: Environment = search.get('environment') === 'test' ? 'test' : 'live';
  const choose = (next: Environment) =>
    setSearch(
      (current) => {
        const changed = new URLSearchParams(current);
        changed.delete('environment');
        if (next === 'test') changed.set('environment', next);
        return changed;
      },
      { replace: true },
    );
  return [environment, choose];
}
