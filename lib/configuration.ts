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
const flag = v.union([v.boolean(), v.pipe(json, v.boolean())]);

interface Setting<T> {
  readonly schema: v.GenericSchema<unknown, T>;
  /** Completes "it must be …". */
  readonly must: string;
  /** @default none: `cdk.json` sets it */
  readonly fallback?: T;
}

const setting = <T>(value: Setting<T>) => value;

const wholeNumber = (least: number, most: number) =>
  setting({
    schema: v.pipe(numeric, v.number(), v.integer(), v.minValue(least), v.maxValue(most)),
    must: `a whole number from ${least} to ${most}`,
  });

// Lambda's bounds for a queue without a batching window.
const batchSize = wholeNumber(1, 10);
const concurrency = wholeNumber(2, 1000);

const SETTINGS = {
  stackName: setting({
    schema: v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9-]{0,100}$/)),
    must: 'letters, digits and hyphens, starting with a letter',
    fallback: 'Maillayer',
  }),
  /** Days that an email is kept. */
  retentionDays: wholeNumber(1, 3650),
  plans: setting<Plans>({
    schema: v.pipe(
      v.union([json, v.unknown()]),
      plansSchema,
      v.check((plans) => Object.keys(plans).length > 0, 'It has no plan.'),
    ),
    must: 'an object of plans such as {"Free":{"emailsPerMonth":300,"domains":1,"requestsPerSecond":1}}, where null is unlimited, and no plan is named "Operator", which is built in, or has a number as its name',
    fallback: DEFAULT_PLANS,
  }),
  /** Divisor of every duration of the pipeline; above 1 only to try things out quickly. */
  timeScale: setting({
    schema: v.pipe(numeric, v.number(), v.minValue(1), v.maxValue(60)),
    must: 'a number from 1 to 60',
    fallback: 1,
  }),
  /** Address of the first user, the operator, who is invited. */
  adminEmail: setting<string | undefined>({
    schema: v.optional(v.pipe(v.string(), v.trim(), v.email())),
    must: 'an email address',
  }),
  /** Whether there is a dashboard, which needs CloudFront. */
  dashboard: setting({ schema: flag, must: 'true or false', fallback: true }),
  /** Whether anybody may sign up for an account of their own. */
  selfSignUp: setting({ schema: flag, must: 'true or false', fallback: false }),
  /** Refuse to deliver an email to a server without TLS. */
  requireTls: setting({
    schema: flag,
    must: 'true or false',
    fallback: false,
  }),
  /** Requests a second, of the whole API; the limits of plans are counted elsewhere. */
  throttleRate: wholeNumber(1, 10_000),
  throttleBurst: wholeNumber(1, 5000),
  deliverBatchSize: batchSize,
  deliverConcurrency: concurrency,
  recordBatchSize: batchSize,
  recordConcurrency: concurrency,
  parkBatchSize: batchSize,
  parkConcurrency: concurrency,
  webhookBatchSize: batchSize,
  webhookConcurrency: concurrency,
  /** Webhooks may also go to port 8443. */
  webhookPort8443: setting({ schema: flag, must: 'true or false', fallback: false }),
};

/** The ports that webhooks may go to, as `WEBHOOK_PORTS`: joined by commas. */
export function webhookPorts({ webhookPort8443 }: Configuration): string {
  return webhookPort8443 ? '443,8443' : '443';
}

/** What the owner may choose, in `cdk.json` or with `-c name=value`. */
export type Configuration = {
  readonly [K in keyof typeof SETTINGS]: v.InferOutput<(typeof SETTINGS)[K]['schema']>;
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
  const read = Object.entries<Setting<unknown>>(SETTINGS).map(([name, { schema, ...rest }]) => {
    const result = v.safeParse(schema, context[name] ?? rest.fallback);
    if (!result.success) {
      problems.push(sentence(name, context[name], rest.must, result.issues[0]));
    }
    return [name, result.output];
  });
  if (problems.length > 0) {
    throw new ConfigurationError(problems.join('\n'));
  }
  return Object.fromEntries(read) as Configuration;
}

function sentence(name: string, value: unknown, must: string, issue: v.BaseIssue<unknown>): string {
  if (value === undefined) {
    return `The context value "${name}" is missing: set it in cdk.json; it must be ${must}.`;
  }
  const path = v.getDotPath(issue);
  const where = path === null ? '' : ` (wrong at ${path})`;
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
      : [`The context value "${name}" does not exist: write "${meant}".`];
  });
}
