import { Button, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ACCOUNT_KEY } from '../../api/account.ts';
import { api, unwrap } from '../../api/client.ts';
import { Details } from '../../components/details.tsx';
import { Moment } from '../../components/moment.tsx';
import { notifyDone, notifyError } from '../../components/notify.ts';
import { Panel } from '../../components/panel.tsx';
import classes from './domain-records.module.css';
import { type Domain, standingOf } from './domain-words.ts';

const OUTCOMES: Readonly<Record<Domain['status'], string>> = {
  verified: 'The domain is verified.',
  pending: 'Checked just now: not verified yet.',
  failed: 'Checked just now: not verified.',
};

function VerifyButton({ name, status }: Domain) {
  const queryClient = useQueryClient();
  const verify = useMutation({
    mutationFn: () =>
      unwrap(api.POST('/api/v1/domains/{name}/verify', { params: { path: { name } } })),
    onSuccess: (domain) => {
      queryClient.setQueryData(['domains', name], domain);
      void queryClient.invalidateQueries({ queryKey: ['domains'], exact: true });
      void queryClient.invalidateQueries({ queryKey: ACCOUNT_KEY });
      notifyDone(OUTCOMES[domain.status]);
    },
    onError: notifyError,
  });
  return (
    <Button
      variant={status === 'verified' ? 'default' : 'filled'}
      loading={verify.isPending}
      onClick={() => verify.mutate()}
    >
      Verify
    </Button>
  );
}

function WhatToDo({ name }: { name: string }) {
  return (
    <ol className={classes.hint}>
      <li>
        Compare the name and value of each required record below with what your DNS provider shows.
      </li>
      <li>
        Check whether a name contains the domain twice, as in{' '}
        <code>
          …{name}.{name}
        </code>
        . If it does, your provider adds the domain: leave it out.
      </li>
      <li>Press Verify. We check the records at once, and you get another 72 hours.</li>
    </ol>
  );
}

function NextLook({ domain }: { domain: Domain }) {
  if (domain.nextCheckAt === null) return 'Not scheduled. Press Verify.';
  if (Date.parse(domain.nextCheckAt) <= Date.now()) return 'Within a few minutes';
  return <Moment at={domain.nextCheckAt} />;
}

/** Whether a domain is verified, when it was checked, and the button that checks it now. */
export function DomainStanding({ domain }: { domain: Domain }) {
  const { title, text } = standingOf(domain);
  const { checkedAt, verifiedAt, createdAt } = domain;
  return (
    <Panel title={title} description={text} action={<VerifyButton {...domain} />}>
      {domain.status === 'failed' && <WhatToDo name={domain.name} />}
      <Text component="div" mt={domain.status === 'failed' ? 'lg' : undefined}>
        <Details
          items={[
            ['Last checked', checkedAt ? <Moment key="last" at={checkedAt} /> : 'Not yet'],
            ['Next check', <NextLook key="next" domain={domain} />],
            ['First verified', verifiedAt && <Moment key="verified" at={verifiedAt} />],
            ['Added', <Moment key="added" at={createdAt} />],
          ]}
        />
      </Text>
    </Panel>
  );
}
