import { EVENT_TAGS } from '../contract/messages.ts';
import type { Email } from './email.ts';

/** The tags that go with a mail, by name; SES repeats them in each of its events. */
export function eventTags(email: Email, attempt: number): Record<string, string> {
  return {
    [EVENT_TAGS.account]: email.account,
    [EVENT_TAGS.email]: email.id,
    [EVENT_TAGS.nonce]: email.nonce,
    [EVENT_TAGS.attempt]: String(attempt),
    [EVENT_TAGS.environment]: email.environment,
  };
}

/** The part of an event in SES's form that names its email. */
export function mailOf(email: Email, attempt: number) {
  const tags = Object.entries(eventTags(email, attempt)).map(([name, value]) => [name, [value]]);
  return { timestamp: email.createdAt, tags: Object.fromEntries(tags) };
}
