import { bounced } from '../../lambdas/core/email/events/bounced.ts';
import { complained } from '../../lambdas/core/email/events/complained.ts';
import { delivered } from '../../lambdas/core/email/events/delivered.ts';
import {
  type Simulated,
  type SimulationStep,
  simulatedAt,
  stepsOf,
} from '../../lambdas/core/email/events/outcomes.ts';
import type { Address } from './address.ts';

/** What happens to one recipient after acceptance; `bounceSubType` if it is not the usual one. */
type Outcome = { readonly steps: readonly SimulationStep[]; readonly bounceSubType?: string };

const SIMULATOR = 'simulator.amazonses.com';
/** Nobody wants to wait longer for the delivery of a delayed mail, in milliseconds. */
const LATEST = 2000;

const outcome = (kind: Simulated): Outcome => ({
  steps: stepsOf(kind).map((step) => ({ ...step, after: Math.min(step.after, LATEST) })),
});

/** SES's mailbox simulator, by the local part before any `+`. */
const AT_SIMULATOR: Readonly<Record<string, Outcome>> = {
  success: outcome(delivered),
  ooto: outcome(delivered),
  bounce: outcome(bounced),
  complaint: outcome(complained),
  suppressionlist: { ...outcome(bounced), bounceSubType: 'Suppressed' },
};

function atSimulator({ local, domain }: Pick<Address, 'local' | 'domain'>): Outcome | undefined {
  const name = local.split('+')[0]?.toLowerCase() ?? '';
  return domain === SIMULATOR && Object.hasOwn(AT_SIMULATOR, name) ? AT_SIMULATOR[name] : undefined;
}

/** The outcome of an email to this address: the simulator's, elsewhere what its local part asks for. */
export function outcomeOf(address: Pick<Address, 'local' | 'domain'>): Outcome {
  if (address.domain !== SIMULATOR) return outcome(simulatedAt(address.local));
  return atSimulator(address) ?? outcome(delivered);
}

/** Says whether even a sandboxed account may write to this address. */
export function isSimulatorAddress(address: Pick<Address, 'local' | 'domain'>): boolean {
  return atSimulator(address) !== undefined;
}
