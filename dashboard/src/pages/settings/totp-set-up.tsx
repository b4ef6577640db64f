import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { QRCodeSVG } from 'qrcode.react';
import { type FormEvent, useState } from 'react';
import { useSession } from '../../auth/session.ts';
import { signInMessage } from '../../auth/sign-in-error.ts';
import { CodeBlock } from '../../components/code-block.tsx';
import { CodeField } from '../../components/code-field.tsx';
import { Note } from '../../components/note.tsx';
import { notifyDone } from '../../components/notify.ts';
import { useSecondFactorChange, useTotpSecret } from './second-factor.ts';
import classes from './settings.module.css';

const QR_SIZE = 168;

function Secret({ uri, text }: { uri: string; text: string }) {
  return (
    <>
      <Text size="sm">Scan this with your authenticator app, or enter the key in it.</Text>
      <div className={classes.code}>
        <QRCodeSVG value={uri} size={QR_SIZE} title="QR code for your authenticator app" />
      </div>
      <CodeBlock code={text} name="the key" wrap />
    </>
  );
}

/** Sets up an authenticator app: shows the secret and asks for one code as proof. */
export default function TotpSetUp({ onClose }: { onClose: () => void }) {
  const session = useSession();
  const [code, setCode] = useState('');
  const secret = useTotpSecret(session.state === 'signed_in' ? session.email : '');
  const change = useSecondFactorChange(() => notifyDone('Two-step sign-in is on.'));
  const error = secret.error ?? change.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(code);
  };
  return (
    <form onSubmit={submit}>
      <Stack maw="24rem">
        {secret.data ? <Secret {...secret.data} /> : <Skeleton h={QR_SIZE} w={QR_SIZE} />}
        <CodeField
          label="6-digit code"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        {error && (
          <Note tone="bad" role="alert">
            {signInMessage(error)}
          </Note>
        )}
        <Group>
          <Button type="submit" loading={change.isPending} disabled={!secret.data}>
            Turn on
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
