import { Anchor } from '@mantine/core';
import { LEAST_PASSWORD_LENGTH } from '../../auth/password.ts';
import { CodeField } from '../../components/code-field.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { StepForm } from './step-form.tsx';
import { answer, type StepProps } from './steps.ts';

/** Goes back to the form with email and password. */
export function StartAgain({ go }: Pick<StepProps, 'go'>) {
  return (
    <Anchor component="button" type="button" size="sm" onClick={() => go({ name: 'password' })}>
      Back to sign-in
    </Anchor>
  );
}

/** An invited user chooses a password to replace the one from the invitation. */
export function NewPasswordStep({ go }: StepProps) {
  return (
    <StepForm
      title="Choose your password"
      intro="The password you were sent works only once."
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
      intro="Open your authenticator app and enter the six digits that it shows for Maillayer."
      submitLabel="Sign in"
      go={go}
      work={(field) => answer(field('code'))}
      footer={<StartAgain go={go} />}
    >
      <CodeField label="Code" name="code" size="md" autoFocus />
    </StepForm>
  );
}
