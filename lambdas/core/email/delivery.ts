import type { Times } from '../contract/times.ts';
import type { Gate, GateStore } from '../sending/gate.ts';
import type { PacingClock } from '../sending/pacing.ts';
import type { SenderCheckDeps } from './checks.ts';
import type { Email } from './email.ts';
import type { ContentStore, EmailStore } from './email-store.ts';
import type { GiveUpDeps } from './give-up.ts';
import type { MailSender } from './mail-sender.ts';

/** What delivering touches. */
export type EmailDeliveryDeps = SenderCheckDeps & {
  readonly emails: Pick<
    EmailStore,
    'find' | 'abandon' | 'claim' | 'markTaken' | 'release' | 'fail'
  >;
  readonly contents: Pick<ContentStore, 'find'>;
  readonly gate: Pick<GateStore, 'close'>;
  readonly clock: PacingClock;
  /** The way out for live mail, and the simulated one for a test key's. */
  readonly senders: Readonly<Record<Email['environment'], MailSender>>;
  readonly report: GiveUpDeps['report'];
  readonly times: Times;
  /** A random number from 0 to 1. */
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
};

/** One invocation's view: the gate as read once, and the time left, in milliseconds. */
export type EmailRun = { readonly gate: Gate; readonly left: () => number };

/** How long a closed gate hides mail: a random time, so that it does not all come back at once. */
export function gatePause({ times, random }: Pick<EmailDeliveryDeps, 'times' | 'random'>): number {
  return times.gateHideLeast + (times.gateHideMost - times.gateHideLeast) * random();
}
