import type { Email, Fact } from './email.ts';
import { kindOf, type Words } from './events/kinds.ts';

type Word = string | number | null;

/** SES's words in their order; null for one that SES left out. */
export function wordsOf(words: Words): Word[] {
  const byName = words as unknown as Readonly<Record<string, Word | undefined>>;
  return kindOf(words.type).words.map((name) => byName[name] ?? null);
}

/** All of a fact as one text: equal facts have equal texts, so that writing one twice is writing it once. */
export function encodeFact(fact: Fact): string {
  return JSON.stringify([fact.type, fact.recipient ?? null, fact.at, ...wordsOf(fact)]);
}

/** The fact of a text that {@link encodeFact} made. */
export function decodeFact(text: string): Fact {
  const [type, recipient, at, ...words] = JSON.parse(text) as [Fact['type'], ...Word[]];
  const named = kindOf(type).words.map((name, index) => [name, words[index] ?? null] as const);
  const given = [['recipient', recipient] as const, ...named].filter(([, value]) => value !== null);
  return { type, at, ...Object.fromEntries(given) } as unknown as Fact;
}

/** Those of the facts that the record does not hold yet: a union of sets, so that order has no say. */
export function newFacts(email: Email, facts: readonly Fact[]): Fact[] {
  const known = new Set(email.facts.map(encodeFact));
  return facts.filter((fact) => !known.has(encodeFact(fact)));
}
