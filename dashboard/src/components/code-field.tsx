import { TextInput, type TextInputProps } from '@mantine/core';

/** A six-digit code, as mailed or as an authenticator app shows it. */
export function CodeField(props: TextInputProps) {
  return (
    <TextInput
      required
      withAsterisk={false}
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="[0-9]{6}"
      maxLength={6}
      title="Six digits"
      {...props}
    />
  );
}
