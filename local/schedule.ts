import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type { RunningFunction } from './functions/pool.ts';
import { StartError } from './start-error.ts';
import { ACCOUNT, REGION } from './template/aws.ts';
import type { Resource } from './template/template.ts';

/** A rule that calls functions again and again. */
export interface Schedule {
  readonly name: string;
  readonly periodMs: number;
  readonly targets: readonly { readonly functionArn: string; readonly input: string | undefined }[];
}

const SHAPE = {
  ScheduleExpression: v.string(),
  State: v.optional(v.string(), 'ENABLED'),
  // A retry policy and a dead-letter queue concern events that could not be handed over.
  Targets: v.array(v.looseObject({ Arn: v.string(), Input: v.optional(v.string()) })),
};

const UNITS: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** Reads an `AWS::Events::Rule`; undefined when it is switched off. */
export function readSchedule(resource: Resource): Schedule | undefined {
  const { ScheduleExpression, State, Targets } = resource.properties(SHAPE, [
    'Description',
    'Name',
    'Tags',
  ]);
  if (State === 'DISABLED') return undefined;
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(ScheduleExpression) ?? [];
  const unitMs = UNITS[unit ?? ''];
  if (unitMs === undefined) {
    throw new StartError(
      `${resource.logicalId} has the schedule ${ScheduleExpression}; the local system knows rate(…) only.`,
    );
  }
  return {
    name: resource.logicalId,
    periodMs: Number(count) * unitMs,
    targets: Targets.map(({ Arn, Input }) => ({ functionArn: Arn, input: Input })),
  };
}

/**
 * Calls `target` at once and then once a period.
 *
 * @param timeScale divides the period
 * @returns ends it
 */
export function startSchedule(
  schedule: Schedule,
  target: RunningFunction,
  { input, timeScale }: { readonly input: string | undefined; readonly timeScale: number },
): () => void {
  const call = () => void target.invoke(input ?? JSON.stringify(scheduledEvent(schedule.name)));
  call();
  const timer = setInterval(call, schedule.periodMs / timeScale);
  return () => clearInterval(timer);
}

function scheduledEvent(name: string) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: ACCOUNT,
    time: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    region: REGION,
    resources: [`arn:aws:events:${REGION}:${ACCOUNT}:rule/${name}`],
    detail: {},
  };
}
