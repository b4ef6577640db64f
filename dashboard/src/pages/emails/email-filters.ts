import { useSearchParams } from 'react-router';
import { STATUSES, type Status } from '../../components/event-words.ts';

const isStatus = (value: string): value is Status => Object.hasOwn(STATUSES, value);

/** The statuses to filter the list by, with their words. */
export const STATUS_CHOICES = Object.entries(STATUSES).map(([value, { label }]) => ({
  value,
  label,
}));

const NAMES = ['status', 'recipient', 'tag', 'from', 'to'] as const;

/** The filters of the list; `from` and `to` are days in the reader's time zone, both included. */
export type EmailFilters = Readonly<Record<(typeof NAMES)[number], string>>;

/** The start of a day in the reader's time zone; undefined if the text is not a day. */
function startOf(day: string, daysLater = 0): Date | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return undefined;
  const date = new Date(`${day}T00:00:00`);
  if (Number.isNaN(date.getTime())) return undefined;
  date.setDate(date.getDate() + daysLater);
  return date;
}

/** The filters as the API takes them, without those that are empty or invalid. */
export function queryOf({ status, recipient, tag, from, to }: EmailFilters) {
  const after = startOf(from);
  const end = startOf(to, 1);
  return {
    ...(isStatus(status) && { status }),
    ...(recipient && { recipient }),
    ...(tag && { tag }),
    ...(after && { after: after.toISOString() }),
    // The API's bounds are inclusive.
    ...(end && { before: new Date(end.getTime() - 1).toISOString() }),
  };
}

/** The filters in the page's address; the back button undoes each change. */
export function useEmailFilters() {
  const [search, setSearch] = useSearchParams();
  const filters = Object.fromEntries(
    NAMES.map((name) => [name, search.get(name) ?? '']),
  ) as EmailFilters;
  const change = (changes: Partial<EmailFilters>) => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(changes)) {
      next.delete(name);
      if (value) next.set(name, value);
    }
    if (next.toString() !== search.toString()) setSearch(next);
  };
  const count = NAMES.filter((name) => filters[name] !== '').length;
  const clear = () => change(Object.fromEntries(NAMES.map((name) => [name, ''])));
  return { filters, count, change, clear };
}
