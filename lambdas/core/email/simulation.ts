import type { Email } from './email.ts';
import { mailOf } from './event-tags.ts';
import { delivered } from './events/delivered.ts';
import {
  eventOf,
  type Simulated,
  type SimulationStep,
  simulatedAt,
  stepsOf,
} from './events/outcomes.ts';
import { sent } from './events/sent.ts';
import { recipientsOf } from './send-request.ts';

/** An event in SES's form, and when it is to be seen: seconds from the send. */
export type SimulatedEvent = { readonly event: object; readonly delaySeconds: number };

/** docs/api.md, "Test keys": what happens to a recipient of a test email. */
function outcomeOf(address: string): SimulationStep[] {
  const kind: Simulated = simulatedAt(address.slice(0, address.lastIndexOf('@')));
  return stepsOf(kind.simulation.localOnly ? delivered : kind);
}

/**
 * The events that SES would report for a test key's mail, in SES's own form. Their times follow from the
 * email's, so that a repetition makes the same events.
 */
export function simulatedEvents(email: Email, attempt: number): SimulatedEvent[] {
  const recipients = recipientsOf(email).map(({ ascii }) => ascii);
  const mail = {
    ...mailOf(email, attempt),
    messageId: `test-${email.id}`,
    destination: recipients,
  };
  const simulated = ({ kind, after }: SimulationStep, address: string): SimulatedEvent => {
    const at = new Date(Date.parse(email.createdAt) + after).toISOString();
    const about = { address, suspects: [address], at, after, feedbackId: mail.messageId };
    return { event: { ...eventOf(kind, about), mail }, delaySeconds: Math.floor(after / 1000) };
  };
  return [
    ...stepsOf(sent).map((step) => simulated(step, '')),
    ...recipients.flatMap((ascii) => outcomeOf(ascii).map((step) => simulated(step, ascii))),
  ];
}
