import { Box } from '@mantine/core';
import { useState } from 'react';
import { Note } from '../../components/note.tsx';
import { Wordmark } from '../../components/wordmark.tsx';
import type { SiteConfig } from '../../config.ts';
import { NewPasswordStep, TotpStep } from './challenge-steps.tsx';
import { Folds } from './folds.tsx';
import { ConfirmStep, ForgotStep, ResetStep, SignUpStep } from './mailed-code-steps.tsx';
import { PasswordStep } from './password-step.tsx';
import classes from './sign-in-page.module.css';
import type { Step, StepProps } from './steps.ts';

function StepView({ step, ...props }: StepProps & { step: Step }) {
  switch (step.name) {
    case 'password':
      return <PasswordStep {...props} email={step.email} />;
    case 'new_password':
      return <NewPasswordStep {...props} />;
    case 'totp':
      return <TotpStep {...props} />;
    case 'forgot':
      return <ForgotStep {...props} step={step} />;
    case 'reset':
      return <ResetStep {...props} step={step} />;
    case 'sign_up':
      return <SignUpStep {...props} />;
    case 'confirm':
      return <ConfirmStep {...props} step={step} />;
  }
}

type SignInPageProps = {
  readonly config: SiteConfig;
  /** Why the user was signed out. */
  readonly reason?: string | undefined;
};

/** The way in: every step of signing in at one address. */
export default function SignInPage({ config, reason }: SignInPageProps) {
  const [step, go] = useState<Step>({ name: 'password' });
  return (
    <div className={classes.page}>
      <Folds />
      <main className={classes.main}>
        <div className={classes.form}>
          <div className={classes.brand}>
            <Wordmark />
          </div>
          {reason && step.name === 'password' && (
            <Box mb="lg">
              <Note tone="waiting" role="status">
                {reason}
              </Note>
            </Box>
          )}
          <StepView key={step.name} step={step} config={config} go={go} />
        </div>
      </main>
    </div>
  );
}
