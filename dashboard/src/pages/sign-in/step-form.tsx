import { Button, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect } from 'react';
import { signInMessage } from '../../auth/sign-in-error.ts';
import { Note } from '../../components/note.tsx';
import type { Step } from './steps.ts';

/** The text of a named field. */
export type Fields = (name: string) => string;

type StepFormProps = {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly submitLabel: string;
  /** Does the step with what the user typed; gives the next one, or null when the user is signed in. */
  readonly work: (fields: Fields) => Promise<Step | null>;
  readonly go: (step: Step) => void;
  readonly children: ReactNode;
  /** Ways out, under the button. */
  readonly footer?: ReactNode;
};

function textOf(form: HTMLFormElement): Fields {
  const data = new FormData(form);
  return (name) => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
}

/** One step of signing in: a heading, fields, one button, and why it failed. */
export function StepForm(props: StepFormProps) {
  const { title, intro, submitLabel, work, go, children, footer } = props;
  const step = useMutation({
    mutationFn: (form: HTMLFormElement) => work(textOf(form)),
    onSuccess: (next) => next && go(next),
  });
  useEffect(() => {
    document.title = `${title} · Maillayer`;
  }, [title]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    step.mutate(event.currentTarget);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <div>
          <Title order={1}>{title}</Title>
          {intro && (
            <Text c="dimmed" size="sm" mt={6}>
              {intro}
            </Text>
          )}
        </div>
        {children}
        {step.error && (
          <Note tone="bad" role="alert">
            {signInMessage(step.error)}
          </Note>
        )}
        <Button type="submit" size="md" fullWidth loading={step.isPending}>
          {submitLabel}
        </Button>
        {footer}
      </Stack>
    </form>
  );
}
