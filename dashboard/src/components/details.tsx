import type { ReactNode } from 'react';
import classes from './details.module.css';

type DetailsProps = { readonly items: readonly (readonly [term: string, value: ReactNode])[] };

/** Terms with their values; a value of null is left out. */
export function Details({ items }: DetailsProps) {
  return (
    <dl className={classes.details}>
      {items
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
