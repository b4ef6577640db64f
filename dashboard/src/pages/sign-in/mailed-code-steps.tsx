import { TextInput } from '@mantine/core';
import { LEAST_PASSWORD_LENGTH } from '../../auth/password.ts';
import { CodeField } from '../../components/code-field.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { StartAgain } from './challenge-steps.tsx';
import { StepForm } from './step-form.tsx';
import { confirm, forget, register, reset, type Step, type StepProps } from './steps.ts';

const email = {
  label: 'Email',
  name: 'email',
  type: 'email',
  size: 'md',
  autoComplete: 'username',
  required: true,
  withAsterisk: false,
} as const;

const newPassword = {
  label: 'New password',
  name: 'new-password',
  size: 'md',
  autoComplete: 'new-password',
  minLength: LEAST_PASSWORD_LENGTH,
} as const;

/** Asks for the address that the code is sent to. */
export function ForgotStep({ go, step }: StepProps & { step: Step & { name: 'forgot' } }) {
  return (
    <StepForm
      title="Forgot your password?"
      intro="We email you a code to set a new one."
      submitLabel="Send the code"
      go={go}
      work={(field) => forget(field('email').trim())}
      footer={<StartAgain go={go} />}
    >
      <TextInput {...email} defaultValue={step.email} />
    </StepForm>
  );
}

/** The code from the email, and the new password. */
export function ResetStep({ config, go, step }: StepProps & { step: Step & { name: 'reset' } }) {
  const { email } = step;
  return (
    <StepForm
      title="Set a new password"
      intro={`If ${email} has an account, a code is on its way. It may take a minute.`}
      submitLabel="Save and sign in"
      go={go}
      work={(field) => reset(config, { email, password: field('new-password') }, field('code'))}
      footer={<StartAgain go={go} />}
    >
      <CodeField label="Code" name="code" size="md" autoFocus />
      <PasswordField {...newPassword} />
    </StepForm>
  );
}

/** Creates an account, where the deployment lets anyone do so. */
export function SignUpStep({ go }: StepProps) {
  return (
    <StepForm
      title="Create an account"
      intro="We send a code to your address to confirm it's yours."
      submitLabel="Create account"
      go={go}
      work={(field) => register({ email: field('email').trim(), password: field('new-password') })}
      footer={<StartAgain go={go} />}
    >
      <TextInput {...email} />
      <PasswordField {...newPassword} label="Password" />
    </StepForm>
  );
}

/** The code that proves that the address belongs to the user. */
export function ConfirmStep({
  config,
  go,
  step,
}: StepProps & { step: Step & { name: 'confirm' } }) {
  return (
    <StepForm
      title="Confirm your address"
      intro={`A code is on its way to ${step.email}. It may take a minute.`}
      submitLabel="Confirm and sign in"
      go={go}
      work={(field) => confirm(config, step, field('code'))}
      footer={<StartAgain go={go} />}
    >
      <CodeField label="Code" name="code" size="md" autoFocus />
    </StepForm>
  );
}
