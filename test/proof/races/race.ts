import type { Crew } from './crew.ts';
import type { Stage } from './stage.ts';

/** Where a race takes place. */
export type Ground = { readonly stage: Stage; readonly crew: Crew };

/** What one race came to. */
export type Result = {
  readonly figures: Readonly<Record<string, number | string>>;
  readonly violations: readonly string[];
};

/** How often each status came, as `202: 30, 429: 5`. */
export function statusesOf(answers: readonly { readonly status: number }[]): string {
  const counts = new Map<number, number>();
  for (const { status } of answers) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${status}: ${count}`).join(', ');
}
