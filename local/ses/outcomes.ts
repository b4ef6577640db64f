import type { Address } from './address.ts';

/** One thing that happens to one recipient after acceptance. */
export type Step =
  | { readonly event: 'Delivery' | 'DeliveryDelay' | 'Complaint'; readonly afterMs: number }
  | {
      readonly event: 'Bounce';
      readonly afterMs: number;
      readonly subType: 'General' | 'Suppressed';
    }
  | { readonly event: 'Reject'; readonly afterMs: number };

const SIMULATOR = 'simulator.amazonses.com';

const delivered: Step = { event: 'Delivery', afterMs: 50 };
const bounced: Step = { event: 'Bounce', afterMs: 100, subType: 'General' };
const suppressed: Step = { event: 'Bounce', afterMs: 100, subType: 'Suppressed' };
const complained: Step = { event: 'Complaint', afterMs: 200 };
const delayed: Step = { event: 'DeliveryDelay', afterMs: 50 };
const rejected: Step = { event: 'Reject', afterMs: 50 };
const deliveredLate: Step = { event: 'Delivery', afterMs: 2000 };

/** SES's mailbox simulator, by the local part before any `+`. */
const AT_SIMULATOR: Readonly<Record<string, readonly Step[]>> = {
  success: [delivered],
  ooto: [delivered],
  bounce: [bounced],
  complaint: [delivered, complained],
  suppressionlist: [suppressed],
};

/** At any other domain, as Maillayer's test keys have it, and one for what SES refuses to deliver. */
const ELSEWHERE: Readonly<Record<string, readonly Step[]>> = {
  bounced: [bounced],
  complained: [delivered, complained],
  delayed: [delayed, deliveredLate],
  rejected: [rejected],
};

/** The outcome of an email to this address; an address in no table is delivered. */
export function outcomeOf({ local, domain }: Pick<Address, 'local' | 'domain'>): readonly Step[] {
  const name = local.split('+')[0]?.toLowerCase() ?? '';
  const table = domain === SIMULATOR ? AT_SIMULATOR : ELSEWHERE;
  return Object.hasOwn(table, name) ? (table[name] ?? [delivered]) : [delivered];
}

/** Says whether even a sandboxed account may write to this address. */
export function isSimulatorAddress({ local, domain }: Pick<Address, 'local' | 'domain'>): boolean {
  const name = local.split('+')[0]?.toLowerCase() ?? '';
  return domain === SIMULATOR && Object.hasOwn(AT_SIMULATOR, name);
}
