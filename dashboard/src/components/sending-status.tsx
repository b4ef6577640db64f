import type { Schema } from '../api/client.ts';
import { StatusBadge, type Tone } from './status-badge.tsx';

type State = Schema<'Account'>['sending']['state'];

const LOOKS: Readonly<Record<State, readonly [Tone, string]>> = {
  ok: ['good', 'Sending'],
  sandbox: ['warning', 'Sandbox'],
  paused: ['bad', 'Paused'],
  shut_down: ['bad', 'Shut down'],
  daily_quota_used: ['warning', 'Daily limit reached'],
  unknown: ['quiet', 'Checking'],
};

/** Whether the whole service can send. */
export function SendingStatus({ state }: { state: State }) {
  const [tone, words] = LOOKS[state];
  return <StatusBadge tone={tone}>{words}</StatusBadge>;
}
