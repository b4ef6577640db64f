import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, useEffect, useState } from 'react';
import IconFilter from '~icons/tabler/filter';
import { STATUS_CHOICES, type useEmailFilters } from './email-filters.ts';
import classes from './filter-form.module.css';

type Filters = ReturnType<typeof useEmailFilters>;

type WordFilterProps = {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onApply: (value: string) => void;
  readonly inputMode?: 'email';
  /** What is wrong with the text, in a sentence. */
  readonly problemOf?: (text: string) => string | null;
};

/** A text filter that applies on Enter, or when the user leaves the field. */
function WordFilter({ label, placeholder, value, onApply, inputMode, problemOf }: WordFilterProps) {
  const [draft, setDraft] = useState(value);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    setDraft(value);
    setProblem(null);
  }, [value]);
  const apply = () => {
    const text = draft.trim();
    const wrong = text === '' ? null : (problemOf?.(text) ?? null);
    setProblem(wrong);
    if (!wrong) onApply(text);
  };
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={draft}
      error={problem}
      inputMode={inputMode}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={apply}
      onKeyDown={(event) => event.key === 'Enter' && apply()}
    />
  );
}

type DayFilterProps = Pick<WordFilterProps, 'label' | 'value' | 'onApply'> & {
  readonly min?: string;
  readonly max?: string;
};

/** A day filter; it does not apply while the user is still typing the year. */
function DayFilter({ label, value, onApply, min, max }: DayFilterProps) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const take = (day: string) => {
    setDraft(day);
    if (day === '' || day >= '2000') onApply(day);
  };
  return (
    <TextInput
      type="date"
      label={label}
      value={draft}
      min={min}
      max={max}
      onChange={(event) => take(event.currentTarget.value)}
    />
  );
}

function wholeAddress(text: string): string | null {
  return /^[^\s@]+@[^\s@]+$/.test(text) ? null : 'Enter a full address, such as ada@example.com.';
}

function Fields({ filters, change }: Filters) {
  return (
    <>
      <NativeSelect
        label="Status"
        data={[{ value: '', label: 'Any status' }, ...STATUS_CHOICES]}
        value={filters.status}
        onChange={(event) => change({ status: event.currentTarget.value })}
      />
      <WordFilter
        label="Recipient"
        placeholder="ada@example.com"
        inputMode="email"
        value={filters.recipient}
        problemOf={wholeAddress}
        onApply={(recipient) => change({ recipient })}
      />
      <WordFilter
        label="Tag"
        placeholder="Any tag"
        value={filters.tag}
        onApply={(tag) => change({ tag })}
      />
      <DayFilter
        label="From"
        value={filters.from}
        max={filters.to}
        onApply={(from) => change({ from })}
      />
      <DayFilter
        label="To"
        value={filters.to}
        min={filters.from}
        onApply={(to) => change({ to })}
      />
    </>
  );
}

/** The filters of the list; small screens hide them behind a button. */
export function FilterForm(props: Filters) {
  const { count, clear } = props;
  const [opened, { toggle }] = useDisclosure(count > 0);
  const ignore = (event: FormEvent) => event.preventDefault();
  return (
    <search className={classes.filters} aria-label="Filter emails">
      <Button
        className={classes.toggle}
        variant="default"
        leftSection={<IconFilter size={16} stroke={1.6} aria-hidden="true" />}
        aria-expanded={opened}
        onClick={toggle}
      >
        {count > 0 ? `Filters (${count})` : 'Filters'}
      </Button>
      <form className={classes.form} data-opened={opened} noValidate onSubmit={ignore}>
        <Fields {...props} />
        {count > 0 && (
          <Button className={classes.clear} variant="subtle" onClick={clear}>
            Clear filters
          </Button>
        )}
      </form>
    </search>
  );
}
