import * as v from 'valibot';
import { EVENT_TAGS, GAVE_UP } from '../contract/messages.ts';
import type { EmailRef } from './email-store.ts';
import { KINDS, type Kind, type Words } from './events/kinds.ts';
import { mail, type Reading } from './events/ses-report.ts';

const gaveUp = v.object({ eventType: v.literal(GAVE_UP), mail });

const REPORTS = KINDS.flatMap(({ type, reports }) =>
  reports.map((report) => ({ ...report, type })),
);

type Schema = Kind['reports'][number]['schema'] | typeof gaveUp;

/** An event as SES publishes it, as far as it is used, and our own {@link GAVE_UP} of the same form. */
export const sesEventSchema = v.variant('eventType', [
  ...REPORTS.map(({ schema }) => schema),
  gaveUp,
] as Schema[]);
export type SesEvent = v.InferOutput<typeof sesEventSchema>;

/** Which email the event is about, by the tags that were sent with it. */
export function emailOf({ mail: { tags } }: SesEvent): EmailRef {
  return {
    account: tags[EVENT_TAGS.account],
    id: tags[EVENT_TAGS.email],
    nonce: tags[EVENT_TAGS.nonce],
  };
}

type Report = { readonly type: Words['type']; readonly read: (event: SesEvent) => Reading<Words> };

const BY_EVENT = new Map(REPORTS.map((report) => [report.eventType, report as unknown as Report]));

/** What SES's event says, and of which kind that is; undefined for our own, which says nothing itself. */
export function readingOf(event: SesEvent): ({ type: Words['type'] } & Reading<Words>) | undefined {
  const report = BY_EVENT.get(event.eventType);
  return report && { type: report.type, ...report.read(event) };
}
