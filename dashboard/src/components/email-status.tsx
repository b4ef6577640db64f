import { type Status, statusWords } from './event-words.ts';
import { StatusBadge } from './status-badge.tsx';

/** Status of an email, or of one of its recipients. */
export function EmailStatus({ status }: { status: Status }) {
  const { tone, label } = statusWords(status);
  return <StatusBadge tone={tone}>{label}</StatusBadge>;
}
