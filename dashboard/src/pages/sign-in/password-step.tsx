import { Anchor, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { PasswordField } from '../../components/password-field.tsx';
import { StepForm } from './step-form.tsx';
import { begin, type StepProps } from './steps.ts';

/** The first step: email and password. */
export function PasswordStep({ config, go, email = '' }: StepProps & { email?: string }) {
  const [typed, setTyped] = useState(email);
  return (
    <StepForm
      title="Sign in"
      submitLabel="Sign in"
      go={go}
      work={(field) => begin(config, { email: typed.trim(), password: field('password') })}
      footer={
        <Group justify="space-between" gap="xs">
          <Anchor
            component="button"
            type="button"
            size="sm"
            onClick={() => go({ name: 'forgot', email: typed })}
          >
            Forgot your password?
          </Anchor>
          {config.selfSignUp && (
            <Text size="sm" c="dimmed">
              New here?{' '}
              <Anchor component="button" type="button" onClick={() => go({ name: 'sign_up' })}>
                Create an account
              </Anchor>
            </Text>
          )}
        </Group>
      }
    >
      <TextInput
        label="Email"
        name="email"
        type="email"
        size="md"
        autoComplete="username"
        required
        withAsterisk={false}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <PasswordField label="Password" name="password" size="md" autoComplete="current-password" />
    </StepForm>
  );
}
