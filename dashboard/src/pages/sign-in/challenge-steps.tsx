import { Anchor } from '@mantine/core';
import { LEAST_PASSWORD_LENGTH } from '../../auth/password.ts';
import { CodeField } from '../../components/code-field.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { StepForm } from './step-form.tsx';
import { answer, type StepProps } from './steps.ts';

/** Back to the form with address and password. */
export function StartAgain({ go }: Pick<StepProps, 'go'>) {
  return (
    <Anchor component="button" type="button" size="sm" onClick={() => go({ name: 'password' })}>
      Back to signing in
    </Anchor>
  );
}

/** An invited user's own password, in place of the mailed one. */
export function NewPasswordStep({ go }: StepProps) {
  return (
    <StepForm
      title="Choose your password"
      intro="The one you were sent was for the first time only."
      submitLabel="Save and sign in"
      go={go}
      work={(field) => answer(field('new-password'))}
      footer={<StartAgain go={go} />}
    >
      <PasswordField
        label="New password"
        name="new-password"
        size="md"
        autoComplete="new-password"
        minLength={LEAST_PASSWORD_LENGTH}
      />
    </StepForm>
  );
}

/** The second factor. */
export function TotpStep({ go }: StepProps) {
  return (
    <StepForm
      title="Enter your code"
      intro="Open your authenticator app: it shows six digits for Maillayer."
      submitLabel="Sign in"
      go={go}
      work={(field) => answer(field('code'))}
      footer={<StartAgain go={go} />}
    >
      <CodeField label="Code" name="code" size="md" autoFocus />
    </StepForm>
  );
}
