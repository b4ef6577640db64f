import { Button, Skeleton, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import IconCircleCheck from '~icons/tabler/circle-check';
import IconSearch from '~icons/tabler/search';
import { api, unwrap } from '../../api/client.ts';
import { isNotFound } from '../../api/errors.ts';
import { Details } from '../../components/details.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import { Cause, End, Reason } from './cells.tsx';
import classes from './look-up.module.css';
import { inPath, type Suppression } from './words.ts';

type OnRemove = (entry: Suppression) => void;

/** The address that the page's own address names. */
function useAddress() {
  const [search, setSearch] = useSearchParams();
  const choose = (address: string) => {
    const changed = new URLSearchParams(search);
    changed.delete('address');
    if (address) changed.set('address', address);
    setSearch(changed);
  };
  return [search.get('address') ?? '', choose] as const;
}

function useEntry(address: string) {
  return useQuery({
    queryKey: ['suppressions', 'one', address],
    queryFn: async ({ signal }) => {
      const path = { address: inPath(address) };
      const call = api.GET('/api/v1/suppressions/{address}', { params: { path }, signal });
      return await unwrap(call).catch((error: unknown) => {
        if (isNotFound(error)) return null;
        throw error;
      });
    },
    staleTime: 0,
  });
}

function Found({ entry, onRemove }: { entry: Suppression; onRemove: OnRemove }) {
  return (
    <div className={classes.found}>
      <Details
        items={[
          ['Address', <b key="address">{entry.address}</b>],
          ['Reason', <Reason key="reason" entry={entry} />],
          ['Why', <Cause key="why" entry={entry} />],
          ['Since', <Moment key="since" at={entry.createdAt} />],
          ['Expires', <End key="expires" entry={entry} />],
        ]}
      />
      <Button variant="default" onClick={() => onRemove(entry)}>
        Remove address
      </Button>
    </div>
  );
}

function Answer({ address, onRemove }: { address: string; onRemove: OnRemove }) {
  const { data: entry, error, refetch } = useEntry(address);
  if (entry === undefined && error)
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <div className={classes.answer} role="status">
      {entry === undefined && <Skeleton h={22} w="60%" />}
      {entry === null && (
        <p className={classes.clear}>
          <IconCircleCheck size={18} stroke={1.6} aria-hidden="true" />
          <span>
            <b>{address}</b> is not on the list. You can send to it.
          </span>
        </p>
      )}
      {entry && <Found entry={entry} onRemove={onRemove} />}
    </div>
  );
}

/** Tells whether one address is on the list. */
export function LookUp({ onRemove }: { onRemove: OnRemove }) {
  const [address, choose] = useAddress();
  const [draft, setDraft] = useState(address);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => setDraft(address), [address]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = draft.trim();
    const whole = text === '' || /^\S+@\S+$/.test(text);
    setProblem(whole ? null : 'Enter a full address, such as ada@example.com.');
    if (whole) choose(text);
  };
  return (
    <Panel>
      <search>
        <form className={classes.form} noValidate onSubmit={submit}>
          <TextInput
            className={classes.input}
            label="Look up an address"
            placeholder="ada@example.com"
            inputMode="email"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={draft}
            error={problem}
            onChange={(event) => setDraft(event.currentTarget.value)}
          />
          <Button
            className={classes.button}
            type="submit"
            variant="default"
            leftSection={<IconSearch size={16} stroke={1.6} aria-hidden="true" />}
          >
            Look up
          </Button>
        </form>
      </search>
      {address && <Answer key={address} address={address} onRemove={onRemove} />}
    </Panel>
  );
}
