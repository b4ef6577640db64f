import { bounced } from './bounced.ts';
import { complained } from './complained.ts';
import { delayed } from './delayed.ts';
import { delivered } from './delivered.ts';
import type { EventKind } from './event-kind.ts';
import { rejected } from './rejected.ts';
import { sent } from './sent.ts';

const ALL = [sent, delayed, delivered, bounced, complained, rejected] as const;
/** One of {@link KINDS}, with its own names. */
export type Kind = (typeof ALL)[number];

/** What SES said in one report, without whom and when; its own words are cut to `FACT_TEXT` bytes. */
export type Words = Kind['sample'];

/** Any kind, whose functions take the words of its own facts only. */
export type AnyKind = Kind & EventKind<Words>;

/**
 * Every kind of event, in the order in which they usually happen: lists show them in it, and the timeline
 * does for one moment. Never `Open` or `Click`: SES would rewrite the links of every email and add an image to it.
 */
export const KINDS: readonly AnyKind[] = ALL;

const BY_TYPE = new Map<string, AnyKind>(KINDS.map((kind) => [kind.type, kind]));

/** All that is known of a fact's kind. */
export function kindOf(type: Words['type']): AnyKind {
  const kind = BY_TYPE.get(type);
  if (!kind) throw new Error(`There is no kind of event called ${type}.`);
  return kind;
}
