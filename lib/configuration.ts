import * as v from 'valibot';
import { DEFAULT_PLANS, type Plans, plansSchema } from '../lambdas/core/contract/plans.ts';

const ofText = <T>(read: (text: string) => T) =>
  v.pipe(
    v.string(),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      try {
        return read(dataset.value);
      } catch {
        addIssue({ message: 'It is not valid JSON.' });
        return NEVER;
      }
    }),
  );

// The command line (`-c name=value`) hands every value over as text.
const json = ofText<unknown>(JSON.parse);
const numeric = v.union([v.number(), json]);
const whole = (least: number, most: number) =>
  v.pipe(numeric, v.number(), v.integer(), v.minValue(least), v.maxValue(most));

interface Setting<T> {
  readonly schema: v.GenericSchema<unknown, T>;
  readonly fallback: T;
  /** Completes "it must be …". */
  readonly must: string;
}

const wholeSetting = (fallback: number, least: number, most: number): Setting<number> => ({
  schema: whole(least, most),
  fallback,
  must: `a whole number from ${least} to ${most}`,
});

// Lambda's bounds for a queue without a batching window: 1 to 10 messages, 2 to 1,000 at once.
const batchSize = wholeSetting(10, 1, 10);
const concurrency = (fallback: number) => wholeSetting(fallback, 2, 1000);

const SETTINGS = {
  stackName: {
    schema: v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9-]{0,100}$/)),
    fallback: 'Maillayer',
    must: 'letters, digits and hyphens, starting with a letter',
  } satisfies Setting<string>,
  /** Days that an email is kept. */
  retentionDays: wholeSetting(30, 1, 3650),
  plans: {
    schema: v.pipe(
      v.union([json, v.unknown()]),
      plansSchema,
      v.check((plans) => Object.keys(plans).length > 0, 'There is no plan in it.'),
    ),
    fallback: DEFAULT_PLANS,
    must: 'an object of plans such as {"Free":{"emailsPerMonth":300,"domains":1,"requestsPerSecond":1}}, where null is unlimited',
  } satisfies Setting<Plans>,
  /** Divisor of every duration of the pipeline; above 1 only to try things out quickly. */
  timeScale: {
    schema: v.pipe(numeric, v.number(), v.minValue(1), v.maxValue(60)),
    fallback: 1,
    must: 'a number from 1 to 60',
  } satisfies Setting<number>,
  /** Refuse to hand a mail to a server that does not speak TLS. */
  requireTls: {
    schema: v.union([v.boolean(), v.pipe(json, v.boolean())]),
    fallback: false,
    must: 'true or false',
  } satisfies Setting<boolean>,
  /** Requests a second, for the whole API; the limits of plans are counted elsewhere. */
  throttleRate: wholeSetting(2000, 1, 10_000),
  throttleBurst: wholeSetting(1000, 1, 5000),
  deliverBatchSize: batchSize,
  deliverConcurrency: concurrency(3),
  recordBatchSize: batchSize,
  recordConcurrency: concurrency(2),
  parkBatchSize: batchSize,
  parkConcurrency: concurrency(2),
};

/** What the owner may choose in `cdk.json` or with `-c name=value`; the defaults stand beside each setting. */
export type Configuration = {
  readonly [K in keyof typeof SETTINGS]: (typeof SETTINGS)[K]['fallback'];
};

/** Wrong context: the message has one sentence per wrong value, made to be shown as it is. */
export class ConfigurationError extends Error {}

/**
 * Reads the context of the CDK app.
 *
 * @throws ConfigurationError
 */
export function readConfiguration(context: Readonly<Record<string, unknown>>): Configuration {
  const problems = misspelt(Object.keys(context));
  const read = Object.entries(SETTINGS).map(([name, { schema, fallback, must }]) => {
    const result = v.safeParse(schema as v.GenericSchema, context[name] ?? fallback);
    if (!result.success) {
      problems.push(sentence(name, context[name], must, result.issues[0]));
    }
    return [name, result.output];
  });
  if (problems.length > 0) {
    throw new ConfigurationError(problems.join('\n'));
  }
  return Object.fromEntries(read) as Configuration;
}

function sentence(name: string, value: unknown, must: string, issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  const where = path === null ? '' : ` (see ${path})`;
  return `The context value "${name}" is ${JSON.stringify(value)}${where}, but it must be ${must}: correct it in cdk.json or after -c.`;
}

// Context also holds other tools' values, so an unknown name is no error unless it resembles ours.
function misspelt(given: readonly string[]): string[] {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[-_]/g, '');
  const known = new Map(Object.keys(SETTINGS).map((name) => [plain(name), name]));
  return given.flatMap((name) => {
    const meant = known.get(plain(name));
    return meant === undefined || meant === name
      ? []
      : [`There is no context value "${name}": write "${meant}".`];
  });
}
