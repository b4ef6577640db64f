import type { Report, Say } from '../proof.ts';
import { SIZES } from '../sizes.ts';
import { inBuckets, inErrors, inLines, inParked, inTable } from './checks.ts';
import { awsFails, badMessages, outcomes, sesFails } from './failures.ts';
import { forbidden, wrongFields, wrongKeys } from './refusals.ts';
import { sameAnswers } from './same-answers.ts';
import { type Stage, startStage } from './stage.ts';

/** Violations that are spelt out; the rest is counted. */
const MOST_TOLD = 40;

const SCENES: readonly (readonly [name: string, scene: (stage: Stage) => Promise<void>])[] = [
  ['wrong fields', wrongFields],
  ['wrong keys', wrongKeys],
  ['what is forbidden', forbidden],
  ['outcomes', outcomes],
  ['a failing SES', sesFails],
  ['services away', awsFails],
  ['unreadable messages', badMessages],
];

function shortened(violations: readonly string[]): string[] {
  const more = violations.length - MOST_TOLD;
  const told = violations.slice(0, MOST_TOLD);
  return more > 0 ? [...told, `There are ${more} more.`] : told;
}

/**
 * Canaries through requests that succeed and that fail in every way that is known: they must be in no log, no
 * error, no attribute of a parked message; and no key and no secret in the table.
 */
export async function prove(say: Say): Promise<Report> {
  const stage = await startStage();
  try {
    for (let round = 0; round < SIZES.privacy.rounds; round += 1) {
      for (const [name, scene] of SCENES) {
        await scene(stage);
        say(`${name}: ${stage.requests()} requests`);
      }
    }
    await stage.quiet();
    const [parked, table, buckets] = [
      await inParked(stage),
      await inTable(stage),
      await inBuckets(stage),
    ];
    const same = await sameAnswers(stage);
    const refused = stage.refused.map(({ told }) => `${told.status}`);
    return {
      figures: {
        requests: stage.requests(),
        'of them answered with an error': refused.length,
        errors: Object.entries(Object.groupBy(refused, (status) => status))
          .map(([status, all = []]) => `${status}: ${all.length}`)
          .join(', '),
        canaries: stage.canaries.length,
        'lines of the log': stage.lines.length,
        'parked messages': parked.count,
        'items of the table': table.count,
        'names of buckets and objects': buckets.count,
        'routes asked with unknown, revoked and malformed keys': same.count,
      },
      violations: shortened([
        ...inLines(stage),
        ...inErrors(stage),
        ...parked.violations,
        ...table.violations,
        ...buckets.violations,
        ...same.violations,
      ]),
    };
  } finally {
    await stage.stop();
  }
}
