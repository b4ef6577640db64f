import { Button, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { List } from '../api/use-list.ts';
import classes from './data-table.module.css';
import { ErrorState } from './error-state.tsx';

/** A column: its heading, and its cell for one item. The first column names the row. */
export type Column<Item> = {
  readonly name: string;
  readonly cell: (item: Item) => ReactNode;
  /** Width in CSS; without one the column takes what it needs. */
  readonly width?: string;
  /** Aligns numbers to the right. */
  readonly numeric?: boolean;
  /** For controls: the heading is for screen readers only. */
  readonly quiet?: boolean;
};

type DataTableProps<Item> = {
  /** Name of the table, for screen readers. */
  readonly label: string;
  readonly list: Pick<
    List<Item>,
    'items' | 'error' | 'hasMore' | 'isLoadingMore' | 'loadMore' | 'retry'
  >;
  readonly columns: readonly Column<Item>[];
  readonly keyOf: (item: Item) => string;
  /** An EmptyState. */
  readonly empty: ReactNode;
};

const SKELETON_ROWS = ['a', 'b', 'c', 'd', 'e'];

function Head<Item>({ columns }: { columns: readonly Column<Item>[] }) {
  return (
    <thead>
      <tr>
        {columns.map(({ name, width, numeric, quiet }) => (
          <th key={name} scope="col" style={{ width }} data-numeric={numeric} data-quiet={quiet}>
            <span>{name}</span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Row<Item>({ item, columns }: { item: Item; columns: readonly Column<Item>[] }) {
  return (
    <tr className={classes.row}>
      {columns.map(({ name, cell, numeric, quiet }, index) =>
        index === 0 ? (
          <th key={name} scope="row">
            {cell(item)}
          </th>
        ) : (
          <td key={name} data-label={quiet ? undefined : name} data-numeric={numeric}>
            {cell(item)}
          </td>
        ),
      )}
    </tr>
  );
}

function Waiting({ label }: { label: string }) {
  return (
    <div className={classes.waiting} role="status" aria-label={`Loading: ${label}`}>
      {SKELETON_ROWS.map((row) => (
        <Skeleton key={row} h={18} />
      ))}
    </div>
  );
}

/** A list as a table, on narrow screens as blocks: with skeleton, empty and error state, and more on demand. */
export function DataTable<Item>({ label, list, columns, keyOf, empty }: DataTableProps<Item>) {
  const { items, error, hasMore, isLoadingMore, loadMore, retry } = list;
  if (error && !items) return <ErrorState error={error} onRetry={retry} />;
  if (!items) return <Waiting label={label} />;
  if (items.length === 0 && !hasMore) return empty;
  return (
    <>
      <table className={classes.table} aria-label={label}>
        <Head columns={columns} />
        <tbody>
          {items.map((item) => (
            <Row key={keyOf(item)} item={item} columns={columns} />
          ))}
        </tbody>
      </table>
      {error && <ErrorState error={error} onRetry={retry} />}
      {hasMore && (
        <div className={classes.more}>
          <Button variant="default" size="sm" loading={isLoadingMore} onClick={loadMore}>
            Load more
          </Button>
        </div>
      )}
    </>
  );
}
